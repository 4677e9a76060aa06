using System.Globalization;

namespace MailAdmin.Smtp;

/// <summary>A command that must not be sent as it would stand on the wire; nothing of it was sent.</summary>
public sealed class SmtpCommandFormatException : SmtpException
{
    private SmtpCommandFormatException(string errorId, SmtpStage stage, string message, string action)
        : base(errorId, MailErrorKind.InvalidInput, stage, message, action)
    {
    }

    internal static SmtpCommandFormatException Unsafe(SmtpStage stage) => new(
        "SmtpCommandUnsafe",
        stage,
        $"{stage.InWords()} would contain a line break or a NUL character, so that a part of it would be taken for a " +
        "command of its own.",
        "Remove line breaks and control characters from addresses, names and identifiers.");

    internal static SmtpCommandFormatException TooLong(SmtpStage stage, int length, int limit) => new(
        "SmtpCommandTooLong",
        stage,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{stage.InWords()} would have {length} octets, {limit} are allowed (RFC 5321 section 4.5.3.1.4)."),
        "Use shorter addresses and identifiers.");

    internal static SmtpCommandFormatException EnvelopeIdTooLong(int length, int limit) => new(
        "SmtpEnvelopeIdTooLong",
        SmtpStage.MailFrom,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The envelope id would have {length} characters as it is encoded, " +
            $"{limit} are allowed (RFC 3461 section 4.4)."),
        "Use a shorter envelope id.");
}
