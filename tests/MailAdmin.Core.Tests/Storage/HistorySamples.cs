using MailAdmin.Storage;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Storage;

/// <summary>Attempts to record.</summary>
internal static class HistorySamples
{
    public static HistoryRecord Record(
        string recipient = "anna@example.com", DeliveryStatus status = DeliveryStatus.Sent) => new()
    {
        Origin = HistoryOrigin.Interactive,
        Status = status,
        Sender = "sender@example.com",
        Recipients = [new HistoryRecipient(recipient, RecipientStatus.Accepted, QueueSamples.Ok)],
        Subject = "Hello",
        MessageId = "1@example.com",
        Size = 1234,
        Method = "Smtp",
        Server = "mail.example.com:25",
        RemoteAddress = "192.0.2.1:25",
        Reply = QueueSamples.Ok,
        Duration = TimeSpan.FromMilliseconds(12),
    };
}
