namespace MailAdmin.Dns;

/// <summary>A text that cannot be a domain name in the DNS (RFC 1035 §2.3.4, RFC 5891).</summary>
public sealed class DnsNameException : MailException
{
    internal DnsNameException(string text, string reason)
        : base(
            "InvalidDomainName",
            MailErrorKind.InvalidInput,
            $"'{Printable(text)}' is not a usable domain name: {reason}.",
            "Correct the name; it has the form mail.example.com.")
    {
        Text = text;
    }

    /// <summary>The text that was to be a name, as it was passed.</summary>
    public string Text { get; }

    private static string Printable(string text)
    {
        var shown = text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
        return string.Concat(shown.Select(c => char.IsControl(c) ? '\uFFFD' : c));
    }
}
