using MailAdmin.PowerShell.Sending;
using MailAdmin.Storage;
using MailAdmin.Transports;

namespace MailAdmin.PowerShell.Queueing;

/// <summary>The result of a sending command for a message that waits in the queue.</summary>
internal static class QueuedResult
{
    /// <summary>Makes it.</summary>
    public static RelaySendResult Of(QueueItem item) => new(
        new DeliveryReport
        {
            Status = DeliveryStatus.Queued,
            Method = "Queue",
            Server = item.Destination,
            MessageId = item.MessageId,
            Recipients =
                [.. item.Recipients.Select(r => new RecipientOutcome(r.Recipient.Address, r.Status, r.Reply))],
            Size = item.Size,
        },
        item.Sender?.ToString(),
        item.Subject,
        item.Id);
}
