using System.Security.Cryptography.X509Certificates;
using MailAdmin.Net;

namespace MailAdmin.Identity;

/// <summary>Where an application's certificate is. A path or a thumbprint, never the key.</summary>
public sealed record CertificateReference
{
    /// <summary>The thumbprint in the user's or the machine's personal store; null for a file.</summary>
    public string? Thumbprint { get; init; }

    /// <summary>The file, PFX or PEM; null for the store.</summary>
    public string? Path { get; init; }

    /// <summary>The private key, when it is a PEM file of its own; else null.</summary>
    public string? KeyPath { get; init; }

    /// <summary>Loads the certificate with its key.</summary>
    /// <param name="password">The file's password; null when it has none.</param>
    /// <exception cref="ClientCertificateException">It is not there or cannot be used.</exception>
    /// <exception cref="TokenException">The reference names nothing.</exception>
    internal X509Certificate2 Load(string? password) => this switch
    {
        { Thumbprint: { Length: > 0 } thumbprint } => ClientCertificate.FindInStore(thumbprint)[0],
        { Path: { Length: > 0 } path } => ClientCertificate.Load(path, KeyPath, password)[0],
        _ => throw TokenException.Incomplete("a certificate", "Name a thumbprint or a file."),
    };
}
