namespace MailAdmin.Addressing;

/// <summary>An e-mail address or a domain name that breaks the rules of RFC 5321 or RFC 5322.</summary>
public sealed class AddressFormatException : MailException
{
    /// <summary>Creates the failure of an address.</summary>
    /// <param name="text">The text that was to be an address.</param>
    /// <param name="reason">What is wrong with it, as the end of a sentence.</param>
    public AddressFormatException(string text, string reason)
        : this(
            text,
            "InvalidAddress",
            $"'{Printable(text)}' is not a usable e-mail address: {reason}.",
            "Correct the address; it has the form user@example.com.")
    {
    }

    private AddressFormatException(string text, string errorId, string message, string recommendedAction)
        : base(errorId, MailErrorKind.InvalidInput, message, recommendedAction)
    {
        Text = text;
    }

    /// <summary>The text that was to be an address or a domain, as it was passed.</summary>
    public string Text { get; }

    internal static AddressFormatException OfDomain(string text, string reason) => new(
        text,
        "InvalidDomain",
        $"'{Printable(text)}' is no mail domain: {reason}.",
        "Name the domain alone, as it stands behind the @ of its addresses: example.com.");

    private static string Printable(string text)
    {
        var shown = text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
        return string.Concat(shown.Select(c => char.IsControl(c) ? '\uFFFD' : c));
    }
}
