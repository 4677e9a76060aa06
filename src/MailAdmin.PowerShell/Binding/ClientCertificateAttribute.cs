using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Takes a certificate, or the path of a file with one.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ClientCertificateAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            X509Certificate2 { HasPrivateKey: false } certificate => throw Refusal.Of(
                $"The certificate '{certificate.Subject}' has no private key, so nobody can log in with it."),
            X509Certificate2 certificate => certificate,
            string path => path,
            FileInfo file => file.FullName,
            _ => throw Refusal.Of("Give a certificate, or the path of a PFX or PEM file."),
        };
}
