using System.Security.Cryptography.X509Certificates;

namespace MailAdmin.Server.Personalities;

/// <summary>The DNS names that a certificate is for: its common name and its alternative names.</summary>
internal static class CertificateNames
{
    public static IEnumerable<string> Of(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames())
            .Append(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
}
