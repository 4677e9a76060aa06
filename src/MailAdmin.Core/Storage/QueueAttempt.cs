using MailAdmin.Transports;

namespace MailAdmin.Storage;

/// <summary>What an attempt to send an item came to, and what is to become of the item.</summary>
public sealed record QueueAttempt
{
    /// <summary>The item.</summary>
    public required long Id { get; init; }

    /// <summary>Who took it.</summary>
    public required string Owner { get; init; }

    /// <summary>
    /// The outcomes of the recipients that the attempt was for, by address. Empty for a change of state without an
    /// attempt, such as an expiry: then the item's count of attempts stays.
    /// </summary>
    public IReadOnlyList<RecipientOutcome> Outcomes { get; init; } = [];

    /// <summary>The state that follows; a legal one after <see cref="QueueItemState.Sending"/>.</summary>
    public required QueueItemState NextState { get; init; }

    /// <summary>When it is due again, if it waits.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Why it did not reach everybody, for people, without secrets.</summary>
    public string? Error { get; init; }

    /// <summary>The id of that failure.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The id of its diagnosis in the error catalogue.</summary>
    public string? DiagnosisId { get; init; }

    /// <summary>The record of the attempt for the history; null for none.</summary>
    public HistoryRecord? History { get; init; }

    /// <summary>What the attempt showed of its destination; null leaves that as it is.</summary>
    public DestinationState? Destination { get; init; }
}
