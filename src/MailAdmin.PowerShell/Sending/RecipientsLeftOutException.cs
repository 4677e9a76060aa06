using MailAdmin.Diagnosis;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.PowerShell.Sending;

/// <summary>
/// A message that some recipients, or all, did not get, for reasons that only the replies to them tell.
/// </summary>
public sealed class RecipientsLeftOutException : SmtpException
{
    private const int Shown = 3;

    private readonly DeliveryReport _report;

    internal RecipientsLeftOutException(DeliveryReport report)
        : base(
            "SmtpRecipientsRefused",
            MailErrorKind.Rejected,
            SmtpStage.RcptTo,
            Describe(report),
            "Look at the Recipients of the result: each has its own reply.",
            report.Recipients.FirstOrDefault(r => r.Reply is { Code: >= 400 })?.Reply)
    {
        _report = report;
    }

    /// <summary>Explains each recipient's reply.</summary>
    internal IReadOnlyList<SmtpDiagnosis> Explain(ErrorCatalog catalog, string culture) =>
        _report.Explain(catalog, culture);

    private static string Describe(DeliveryReport report)
    {
        var left = report.Recipients.Where(r => r.Status != RecipientStatus.Accepted).ToList();
        var shown = left.Take(Shown).Select(r => $"{r.Address}: {r.Reply?.ToString() ?? r.Status.ToString()}");
        return $"The message did not go to {left.Count} of {report.Recipients.Count} recipients: " +
            $"{string.Join("; ", shown)}{(left.Count > Shown ? "; …" : "")}";
    }
}
