using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Net;
using MailAdmin.Probes.Tls;

namespace MailAdmin.Probes;

/// <summary>What a server's TLS is worth.</summary>
public sealed record SmtpTlsResult : ProbeResult
{
    /// <summary>Each version from SSL 3.0 to TLS 1.3; empty when the server could not be asked.</summary>
    public IReadOnlyList<TlsVersionResult> Versions { get; init; } = [];

    /// <summary>The versions that the server takes.</summary>
    public IReadOnlyList<TlsVersion> SupportedVersions =>
        Versions.Where(v => v.IsSupported == true).Select(v => v.Version).ToArray();

    /// <summary>What this machine's own TLS negotiated; null when it came to nothing.</summary>
    public TlsCipherSuite? CipherSuite { get; init; }

    /// <summary>The server's certificate; null when none was seen.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The names that the certificate is for.</summary>
    public IReadOnlyList<string> CertificateNames { get; init; } = [];

    /// <summary>When the certificate expires, in UTC.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The subjects from the certificate up to the root, as far as they could be found.</summary>
    public IReadOnlyList<string> Chain { get; init; } = [];

    /// <summary>What is wrong with the certificate, the weightiest first.</summary>
    public IReadOnlyList<CertificateFault> CertificateFaults { get; init; } = [];

    /// <summary>Whether the server asks for a certificate of the client's; null when that is not known.</summary>
    public bool? ClientCertificateRequested { get; init; }

    /// <summary>What DANE says.</summary>
    public required DaneResult Dane { get; init; }
}
