using MailAdmin.Storage;
using MailAdmin.Transports;

namespace MailAdmin.Queueing.Failures;

/// <summary>What an attempt means for its item and its destination.</summary>
public sealed record AttemptVerdict
{
    /// <summary>What the failure is about.</summary>
    public required FailureScope Scope { get; init; }

    /// <summary>The state that follows.</summary>
    public required QueueItemState NextState { get; init; }

    /// <summary>When the item is due again, if it waits.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>
    /// The recipients as they stand now. One that the policy gives up is <see cref="RecipientStatus.Refused"/>, also
    /// without a reply of its own.
    /// </summary>
    public IReadOnlyList<RecipientOutcome> Outcomes { get; init; } = [];

    /// <summary>What is known of the destination from now on; null when that does not change.</summary>
    public DestinationState? Destination { get; init; }

    /// <summary>Why not everybody has it; null when everybody has.</summary>
    public MailException? Error { get; init; }

    /// <summary>True when nothing more is to go to the destination for now.</summary>
    public bool ClosesDestination => Scope is FailureScope.Destination or FailureScope.Quota or FailureScope.Login;
}
