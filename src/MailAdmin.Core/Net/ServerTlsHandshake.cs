using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace MailAdmin.Net;

/// <summary>
/// The server's side, with the options as .NET has them: the caller decides about client certificates.
/// </summary>
internal sealed class ServerTlsHandshake(SslServerAuthenticationOptions options) : ITlsHandshake
{
    public Task RunAsync(SslStream stream, CancellationToken cancellationToken) =>
        stream.AuthenticateAsServerAsync(options, cancellationToken);

    public TlsSession Describe(SslStream stream, IReadOnlyList<string> warnings) => new(
        stream.SslProtocol,
        stream.NegotiatedCipherSuite,
        stream.RemoteCertificate as X509Certificate2,
        [],
        warnings);

    public MailException Explain(string host, Exception cause, ReadOnlySpan<byte> first)
    {
        if (first.Length > 0 && !TlsRecord.Begins(first[0]))
        {
            return new TlsFailedException(
                "ClientNotTls",
                $"{host} sent plain text where a TLS handshake was expected: {TextTranscript.Printable(first)}",
                "Set the client to implicit TLS, or to another port.",
                cause);
        }

        return TlsFailure.FromAlert(host, cause)
            ?? (cause is IOException ? TlsFailure.Closed(host, cause) : TlsFailure.Other(host, cause));
    }
}
