using System.Globalization;

namespace MailAdmin.Smtp;

/// <summary>The server refused recipients, and because of that nothing was sent.</summary>
public sealed class RecipientsRefusedException : SmtpException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="refused">How many recipients were refused.</param>
    /// <param name="total">How many there were.</param>
    /// <param name="firstReply">The first refusal.</param>
    public RecipientsRefusedException(int refused, int total, SmtpReply firstReply)
        : base(
            "SmtpRecipientsRefused",
            MailErrorKind.Rejected,
            SmtpStage.RcptTo,
            Describe(refused, total, firstReply),
            refused == total
                ? "Correct the addresses, or ask the server's administrator why they are refused."
                : "Correct the refused addresses, or allow the message to go to the others.",
            firstReply)
    {
    }

    private static string Describe(int refused, int total, SmtpReply firstReply) => refused == total
        ? total == 1
            ? $"The server refused the recipient: {firstReply}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The server refused all {total} recipients; the first with: {firstReply}")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"The server refused {refused} of {total} recipients, so nothing was sent; the first with: {firstReply}");
}
