using MailAdmin.Addressing;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Storage;

/// <summary>One recipient of a queued message, and what became of it for this recipient.</summary>
/// <param name="Recipient">Who it is.</param>
/// <param name="Status">The outcome of the last attempt.</param>
/// <param name="Reply">The reply that decided it; null when there was none.</param>
/// <param name="Attempts">How often the message was offered for this recipient.</param>
public sealed record QueueRecipient(
    EnvelopeRecipient Recipient,
    RecipientStatus Status = RecipientStatus.NotTried,
    SmtpReply? Reply = null,
    int Attempts = 0)
{
    /// <summary>True while another attempt is to offer the message for this recipient.</summary>
    public bool IsOpen => Status is RecipientStatus.NotTried or RecipientStatus.Deferred;
}
