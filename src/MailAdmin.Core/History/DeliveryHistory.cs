using MailAdmin.Addressing;
using MailAdmin.Diagnosis;
using MailAdmin.Storage;
using MailAdmin.Transports;

namespace MailAdmin.History;

/// <summary>Makes records of the history from what attempts came to.</summary>
public static class DeliveryHistory
{
    /// <summary>The record of an interactive attempt; for one from the queue, more is to be filled in.</summary>
    /// <param name="report">What became of the message.</param>
    /// <param name="sender">The envelope's sender; null for the empty one.</param>
    /// <param name="subject">The subject; null when it is not known.</param>
    public static HistoryRecord Record(DeliveryReport report, EmailAddress? sender, string? subject)
    {
        ArgumentNullException.ThrowIfNull(report);
        var diagnosis = report.Explain(ErrorCatalog.Default).FirstOrDefault();
        return new HistoryRecord
        {
            Origin = HistoryOrigin.Interactive,
            Status = report.Status,
            Sender = sender?.ToString(),
            Recipients =
                [.. report.Recipients.Select(r => new HistoryRecipient(r.Address.ToString(), r.Status, r.Reply))],
            Subject = subject,
            MessageId = report.MessageId,
            Size = report.Size,
            Method = report.Method,
            Server = report.Server,
            RemoteAddress = report.RemoteAddress?.ToString(),
            Reply = report.Reply,
            Error = report.Error?.Message,
            ErrorId = report.Error?.ErrorId,
            DiagnosisId = diagnosis?.Id,
            Duration = report.Duration,
        };
    }
}
