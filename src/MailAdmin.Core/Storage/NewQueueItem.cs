using MailAdmin.Addressing;

namespace MailAdmin.Storage;

/// <summary>A message that is to go into the queue.</summary>
public sealed record NewQueueItem
{
    /// <summary>How long an item is tried when nothing else is said.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(48);

    /// <summary>When an item is given up that may first be sent at a time, when nothing else is said.</summary>
    public static DateTimeOffset DefaultEnd(DateTimeOffset start) =>
        start < DateTimeOffset.MaxValue - DefaultLifetime ? start + DefaultLifetime : DateTimeOffset.MaxValue;

    /// <summary>From whom and to whom; at least one recipient.</summary>
    public required Envelope Envelope { get; init; }

    /// <summary>
    /// Writes the content into a stream of the store, which needs no length ahead. What it throws keeps the item out.
    /// </summary>
    public required Func<Stream, CancellationToken, Task> WriteContentAsync { get; init; }

    /// <summary>
    /// What back-off is kept by, such as <c>smtp.example.com:587</c>: a destination that is down holds no other.
    /// </summary>
    public required string Destination { get; init; }

    /// <summary>
    /// The way to send it, as the queue's own JSON with its secrets protected. Equal ones are stored once.
    /// </summary>
    public required string Route { get; init; }

    /// <summary>
    /// The message's own id without angle brackets, which every attempt keeps; null when it has none.
    /// </summary>
    public string? MessageId { get; init; }

    /// <summary>The subject, for people.</summary>
    public string? Subject { get; init; }

    /// <summary>How urgent it is.</summary>
    public QueuePriority Priority { get; init; } = QueuePriority.Normal;

    /// <summary>Not to be sent earlier; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>True to keep it from being sent until it is resumed.</summary>
    public bool IsHeld { get; init; }

    /// <summary>
    /// When to give up; null for <see cref="DefaultLifetime"/> from when it may first be sent.
    /// </summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// The most octets that the content may have; null for any number. More are refused with
    /// <see cref="MessageOverLimitException"/>.
    /// </summary>
    public long? LargestSize { get; init; }
}
