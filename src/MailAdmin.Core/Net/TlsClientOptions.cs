using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace MailAdmin.Net;

/// <summary>How a client establishes TLS and what it demands of the server's certificate.</summary>
public sealed record TlsClientOptions
{
    /// <summary>
    /// The name that the certificate must hold, and that goes out as SNI (RFC 6066 §3): the host as configured.
    /// </summary>
    public required string TargetHost { get; init; }

    /// <summary>
    /// The certificate to log in with, the end certificate with its private key first; null for none.
    /// </summary>
    public X509CertificateCollection? ClientCertificates { get; init; }

    /// <summary>The protocol versions that are offered; TLS 1.2 and 1.3 (RFC 8996 retired the older ones).</summary>
    public SslProtocols Protocols { get; init; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>
    /// Accepts any certificate; its faults become <see cref="TlsSession.Warnings"/>. Revocation is not looked up.
    /// </summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>
    /// Opportunistic TLS: faults of the certificate become <see cref="TlsSession.Warnings"/>, as encryption to an
    /// unknown peer is still better than none (RFC 7435).
    /// </summary>
    public bool BadCertificateIsWarning { get; init; }

    /// <summary>Whether revocation is looked up. What cannot be found out is a warning, never a failure.</summary>
    public X509RevocationMode Revocation { get; init; } = X509RevocationMode.Online;

    /// <summary>How long fetching revocation lists and missing issuers may take; 5 seconds.</summary>
    public TimeSpan RetrievalTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The only roots that are trusted, for a private authority; null for those of the system.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>
    /// Takes an earlier session up again where the server agrees. The system keeps sessions by host name alone, so that
    /// what is seen of one port may be the certificate of another.
    /// </summary>
    internal bool Resumes { get; init; } = true;

    /// <summary>
    /// Notices whether the server asks for a certificate; only without <see cref="ClientCertificates"/>.
    /// </summary>
    internal bool ObservesCertificateRequest { get; init; }
}
