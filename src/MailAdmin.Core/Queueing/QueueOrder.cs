using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Storage;

namespace MailAdmin.Queueing;

/// <summary>A message that is to wait in the queue.</summary>
/// <param name="Content">What goes on the wire.</param>
/// <param name="Envelope">From whom and to whom; at least one recipient.</param>
/// <param name="Subject">The subject, for people; null when it is not known.</param>
public sealed record QueueOrder(IMessageWriter Content, Envelope Envelope, string? Subject = null)
{
    /// <summary>How urgent it is.</summary>
    public QueuePriority Priority { get; init; } = QueuePriority.Normal;

    /// <summary>Not to be sent earlier; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>True to keep it from being sent until it is resumed.</summary>
    public bool IsHeld { get; init; }

    /// <summary>When to give up; null for 48 hours from when it may first be sent.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
