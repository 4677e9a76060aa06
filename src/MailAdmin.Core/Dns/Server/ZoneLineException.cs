namespace MailAdmin.Dns.Server;

/// <summary>A line that is no record in the form of a zone file.</summary>
public sealed class ZoneLineException : MailException
{
    internal ZoneLineException(string line, string reason, Exception? innerException = null)
        : base(
            "InvalidZoneLine",
            MailErrorKind.InvalidInput,
            $"'{line}' is no DNS record: {reason}.",
            "Write it as in: example.com 300 MX 10 mail.example.com",
            innerException)
    {
    }
}
