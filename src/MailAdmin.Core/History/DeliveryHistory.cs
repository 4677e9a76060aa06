using MailAdmin.Addressing;
using MailAdmin.Diagnosis;
using MailAdmin.Storage;
using MailAdmin.Transports;

namespace MailAdmin.History;

/// <summary>Makes records of the history from what attempts came to.</summary>
public static class DeliveryHistory
{
    /// <summary>The record of an attempt from the queue.</summary>
    /// <param name="report">What became of the message.</param>
    /// <param name="item">The item as it was taken, so before the attempt is counted.</param>
    /// <param name="isForced">True when a limit was reached, and it was attempted all the same.</param>
    public static HistoryRecord Record(DeliveryReport report, QueueItem item, bool isForced)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Record(report, item.Sender, item.Subject) with
        {
            Origin = HistoryOrigin.Batch,
            IsForced = isForced,
            QueueId = item.Id,
            Attempt = item.Attempts + 1,
        };
    }

    /// <summary>The record of an interactive attempt.</summary>
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
