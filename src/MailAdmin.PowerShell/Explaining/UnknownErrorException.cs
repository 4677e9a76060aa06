namespace MailAdmin.PowerShell.Explaining;

/// <summary>The error catalogue knows nothing about some input.</summary>
/// <param name="message">What was passed, and that it is not known.</param>
public sealed class UnknownErrorException(string message) : MailException(
    "SmtpErrorUnknown",
    MailErrorKind.InvalidInput,
    message,
    "Pass a reply with its code, such as '550 5.7.60 Client does not have permissions', a code, an error such as " +
    "$Error[0], a result of Send-RelayMail, or with -Path a report of non-delivery (.eml) or a log.")
{
    private const int MaxShown = 60;

    /// <summary>The failure for what is there and not understood.</summary>
    /// <param name="what">What it is, as the beginning of a sentence.</param>
    public static UnknownErrorException Of(string what) => new($"{what} tells of no mail error that is known.");

    /// <summary>The failure for null and for empty texts.</summary>
    public static UnknownErrorException OfNothing() => new("There is nothing to explain: the input is empty.");

    /// <summary>The failure for a text.</summary>
    public static UnknownErrorException OfText(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length == 0 ? OfNothing() : Of(line.Length > MaxShown ? $"'{line[..MaxShown]}…'" : $"'{line}'");
    }
}
