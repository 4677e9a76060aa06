using MailAdmin.Probes;

namespace MailAdmin.Cli.Output;

/// <summary>What a test of TLS found besides its steps.</summary>
/// <param name="Versions">Each version, the oldest first.</param>
/// <param name="CipherSuite">What this machine's own TLS negotiated, or null.</param>
/// <param name="CertificateNames">The names that the certificate is for.</param>
/// <param name="ExpiresAt">When it expires, or null without one.</param>
/// <param name="Chain">The subjects from the certificate up.</param>
/// <param name="CertificateFaults">What is wrong with it.</param>
/// <param name="ClientCertificateRequested">Whether the server asks for a certificate; null when not known.</param>
/// <param name="Dane">What DANE says.</param>
internal sealed record TlsJson(
    IReadOnlyList<TlsVersionJson> Versions,
    string? CipherSuite,
    IReadOnlyList<string> CertificateNames,
    DateTimeOffset? ExpiresAt,
    IReadOnlyList<string> Chain,
    IReadOnlyList<string> CertificateFaults,
    bool? ClientCertificateRequested,
    string Dane)
{
    public static TlsJson Of(SmtpTlsResult result) => new(
        [.. result.Versions.Select(TlsVersionJson.Of)],
        result.CipherSuite?.ToString(),
        result.CertificateNames,
        result.ExpiresAt,
        result.Chain,
        [.. result.CertificateFaults.Select(fault => fault.ErrorId)],
        result.ClientCertificateRequested,
        result.Dane.Outcome.ToString());
}
