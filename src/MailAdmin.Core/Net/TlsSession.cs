using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace MailAdmin.Net;

/// <summary>What was negotiated for a connection under TLS.</summary>
/// <param name="Protocol">The protocol version.</param>
/// <param name="CipherSuite">The cipher suite.</param>
/// <param name="Certificate">The peer's certificate; null when it sent none (a client without one).</param>
/// <param name="Faults">What is wrong with the certificate and was accepted all the same.</param>
/// <param name="Warnings">
/// All that the user should know, as sentences: the faults, and plain text that was discarded.
/// </param>
public sealed record TlsSession(
    SslProtocols Protocol,
    TlsCipherSuite CipherSuite,
    X509Certificate2? Certificate,
    IReadOnlyList<CertificateFault> Faults,
    IReadOnlyList<string> Warnings)
{
    /// <summary>
    /// The peer's certificate and its issuers as far as they could be found, up to the root; with a client, empty.
    /// </summary>
    public IReadOnlyList<X509Certificate2> Chain { get; init; } = [];

    /// <summary>Whether the server asked for a certificate of the client's; null when nobody looked.</summary>
    public bool? ClientCertificateRequested { get; init; }
}
