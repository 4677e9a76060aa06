using System.Net.Security;

namespace MailAdmin.Net;

/// <summary>One side of a TLS handshake.</summary>
internal interface ITlsHandshake
{
    Task RunAsync(SslStream stream, CancellationToken cancellationToken);

    /// <summary>What was negotiated; <paramref name="warnings"/> are those known before.</summary>
    TlsSession Describe(SslStream stream, IReadOnlyList<string> warnings);

    /// <summary>Why it failed, from the exception and the first octets that the peer sent.</summary>
    MailException Explain(string host, Exception cause, ReadOnlySpan<byte> first);
}
