using MailAdmin.Addressing;

namespace MailAdmin.Throttling;

/// <summary>A message that asks to go out.</summary>
public sealed record ThrottledMessage
{
    /// <summary>Which way it is to take.</summary>
    public required ThrottleSubject Route { get; init; }

    /// <summary>The recipients of this attempt, without those that have it already.</summary>
    public required IReadOnlyList<EmailAddress> Recipients { get; init; }

    /// <summary>
    /// The most recipients of one transaction on its route, where that is less than
    /// <see cref="ThrottlePolicy.RecipientsPerMessage"/>; null for that.
    /// </summary>
    public int? BatchSize { get; init; }

    /// <summary>The item of the queue, by its number; null for a message that somebody waits for.</summary>
    public long? Item { get; init; }

    /// <summary>
    /// How often the item was deferred so far, as counted by <see cref="ThrottleDeferred.IsCounted"/>.
    /// </summary>
    public int Deferrals { get; init; }
}
