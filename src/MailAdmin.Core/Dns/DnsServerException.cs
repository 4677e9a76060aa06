namespace MailAdmin.Dns;

/// <summary>What was named as a DNS server cannot be asked.</summary>
public sealed class DnsServerException : MailException
{
    private DnsServerException(string errorId, MailErrorKind kind, string message, string action, Exception? cause)
        : base(errorId, kind, message, action, cause)
    {
    }

    internal static DnsServerException NoServer(string text) => new(
        "InvalidDnsServer",
        MailErrorKind.InvalidInput,
        $"'{text}' is no DNS server.",
        "Give its address or name, with a port if it is not 53: 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:5353.",
        null);

    internal static DnsServerException Unknown(string host, Exception cause) => new(
        "DnsServerNotFound",
        MailErrorKind.NotFound,
        $"The DNS server {host} has no address that this machine knows.",
        "Give the server's IP address.",
        cause);
}
