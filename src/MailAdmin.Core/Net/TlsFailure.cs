using System.Text;

namespace MailAdmin.Net;

/// <summary>Turns a failed handshake into the reason that an admin can act on.</summary>
internal static class TlsFailure
{
    // OpenSSL's names of the alerts (RFC 8446 §6); other libraries word them otherwise and get the general explanation.
    private static readonly (string Word, Func<string, Exception, TlsFailedException> Make)[] Alerts =
    [
        ("certificate required", Required),
        ("handshake failure", NothingInCommon),
        ("no shared cipher", NothingInCommon),
        ("protocol version", VersionRefused),
        ("unsupported protocol", VersionRefused),
        ("unknown ca", Refused),
        ("bad certificate", Refused),
        ("certificate unknown", Refused),
        ("certificate expired", Refused),
        ("certificate revoked", Refused),
        ("unsupported certificate", Refused),
        ("access denied", Refused),
    ];

    public static TlsFailedException PeerSpeaksTls(string host) => new(
        "ServerSpeaksTls",
        $"{host} speaks TLS on this port from the first octet, where plain text was expected.",
        "Choose implicit TLS for this port (usual for 465), or a port for plain text with STARTTLS (587 or 25).");

    public static TlsFailedException PeerNotTls(string host, ReadOnlySpan<byte> first, Exception cause)
    {
        var said = TextTranscript.Printable(first.TrimEnd("\r\n"u8));
        return new(
            "ServerNotTls",
            $"{host} does not speak TLS on this port; it answered in plain text: {said}",
            first.StartsWith("HTTP/"u8)
                ? "That is a web server or a proxy. Check the host and the port."
                : "Choose STARTTLS for this port (usual for 587 and 25), or the port for implicit TLS (usually 465).",
            cause);
    }

    public static TlsFailedException Closed(string host, Exception cause) => new(
        "TlsFailed",
        $"{host} closed the connection during the TLS handshake.",
        "The server may accept no TLS version or cipher that was offered, want a client certificate, or refuse this "
        + "network address. Its log says which.",
        cause);

    public static TlsFailedException Other(string host, Exception cause) => new(
        "TlsFailed",
        $"TLS could not be established with {host}: {Innermost(cause).Message.TrimEnd('.')}.",
        "Compare the TLS versions and ciphers of both sides.",
        cause);

    /// <summary>The failure that a TLS alert in the exception names; null when there is none.</summary>
    public static TlsFailedException? FromAlert(string host, Exception cause)
    {
        var text = AllMessages(cause);
        if (!text.Contains("alert", StringComparison.OrdinalIgnoreCase)
            && !text.Contains("SSL routines", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        foreach (var (word, make) in Alerts)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return make(host, cause);
            }
        }

        return null;
    }

    private static TlsFailedException Required(string host, Exception cause) => new(
        "ClientCertificateRequired",
        $"{host} accepts only clients with a certificate.",
        "Pass a client certificate that the server knows.",
        cause);

    private static TlsFailedException Refused(string host, Exception cause) => new(
        "ClientCertificateRefused",
        $"{host} refused this side's certificate: {Innermost(cause).Message.TrimEnd('.')}.",
        "Check that the client certificate is valid and was issued by an authority that the server accepts.",
        cause);

    private static TlsFailedException VersionRefused(string host, Exception cause) => new(
        "TlsVersionRefused",
        $"{host} supports none of the TLS versions that were offered.",
        "TLS 1.2 is the least that should be used (RFC 8996): update the server, or reach it through a relay that has "
        + "it.",
        cause);

    private static TlsFailedException NothingInCommon(string host, Exception cause) => new(
        "TlsFailed",
        $"{host} broke off the TLS handshake: there is no cipher in common, or it wants a client certificate.",
        "Compare the ciphers of both sides; if the server asks for client certificates, pass one.",
        cause);

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;

    private static string AllMessages(Exception e)
    {
        var text = new StringBuilder();
        for (var current = e; current is not null; current = current.InnerException)
        {
            text.AppendLine(current.Message);
        }

        return text.ToString();
    }
}
