using MailAdmin.Transports;

namespace MailAdmin.PowerShell.Sending;

/// <summary>
/// A message that some recipients, or all, did not get, for reasons that only the replies to them tell.
/// </summary>
public sealed class RecipientsLeftOutException : MailException
{
    private const int Shown = 3;

    internal RecipientsLeftOutException(DeliveryReport report)
        : base(
            "SmtpRecipientsRefused",
            MailErrorKind.Rejected,
            Describe(report),
            "Look at the Recipients of the result: each has its own reply.")
    {
    }

    private static string Describe(DeliveryReport report)
    {
        var left = report.Recipients.Where(r => r.Status != RecipientStatus.Accepted).ToList();
        var shown = left.Take(Shown).Select(r => $"{r.Address}: {r.Reply?.ToString() ?? r.Status.ToString()}");
        return $"The message did not go to {left.Count} of {report.Recipients.Count} recipients: " +
            $"{string.Join("; ", shown)}{(left.Count > Shown ? "; …" : "")}";
    }
}
