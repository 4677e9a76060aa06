using System.Globalization;

namespace MailAdmin.Smtp;

/// <summary>
/// What a server answered to one command (RFC 5321 §4.2), complete and as it was said.
/// </summary>
/// <param name="Code">Three digits, 200–599.</param>
/// <param name="Enhanced">The code of RFC 3463 at the start of the text, or null when there is none.</param>
/// <param name="Lines">
/// At least one line of text, without code and separator, with the enhanced code; control characters are replaced by
/// U+FFFD.
/// </param>
public sealed record SmtpReply(int Code, EnhancedStatusCode? Enhanced, IReadOnlyList<string> Lines)
{
    /// <summary>2yz: done.</summary>
    public bool IsPositive => Code is >= 200 and < 300;

    /// <summary>3yz: the server waits for more.</summary>
    public bool IsIntermediate => Code is >= 300 and < 400;

    /// <summary>4yz: the same command may succeed later.</summary>
    public bool IsTransientFailure => Code is >= 400 and < 500;

    /// <summary>5yz: the same command will fail again.</summary>
    public bool IsPermanentFailure => Code is >= 500 and < 600;

    /// <summary>421: the server closes the connection behind this reply (RFC 5321 §3.8).</summary>
    public bool ClosesSession => Code == 421;

    /// <summary>The lines, joined with spaces.</summary>
    public string Text => Lines.Count == 1 ? Lines[0] : string.Join(' ', Lines);

    /// <summary>Code and text on one line.</summary>
    public override string ToString() =>
        Text.Length == 0
            ? Code.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Code} {Text}");
}
