namespace MailAdmin.Addressing;

/// <summary>An e-mail address or a domain name that breaks the rules of RFC 5321 or RFC 5322.</summary>
public sealed class AddressFormatException : MailException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="text">The text that was to be an address.</param>
    /// <param name="reason">What is wrong with it, as the end of a sentence.</param>
    public AddressFormatException(string text, string reason)
        : base(
            "InvalidAddress",
            MailErrorKind.InvalidInput,
            $"'{Printable(text)}' is not a usable e-mail address: {reason}.",
            "Correct the address; it has the form user@example.com.")
    {
        Text = text;
    }

    /// <summary>The text that was to be an address, as it was passed.</summary>
    public string Text { get; }

    private static string Printable(string text)
    {
        var shown = text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
        return string.Concat(shown.Select(c => char.IsControl(c) ? '\uFFFD' : c));
    }
}
