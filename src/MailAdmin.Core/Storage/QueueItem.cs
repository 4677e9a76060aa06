using MailAdmin.Addressing;

namespace MailAdmin.Storage;

/// <summary>An item of the queue, as it is now.</summary>
public sealed record QueueItem
{
    /// <summary>Its number, unique within the store and never used again.</summary>
    public required long Id { get; init; }

    /// <summary>Where it stands.</summary>
    public required QueueItemState State { get; init; }

    /// <summary>How urgent it is.</summary>
    public required QueuePriority Priority { get; init; }

    /// <summary>Where failure reports go; null is the empty path.</summary>
    public EmailAddress? Sender { get; init; }

    /// <summary>The recipients in the order of the envelope, each with its own outcome.</summary>
    public required IReadOnlyList<QueueRecipient> Recipients { get; init; }

    /// <summary>How much of the message a failure report brings back (DSN RET).</summary>
    public DsnReturn Return { get; init; }

    /// <summary>A mark that reports carry back (DSN ENVID), or null.</summary>
    public string? EnvelopeId { get; init; }

    /// <summary>The message's own id without angle brackets; null when it has none.</summary>
    public string? MessageId { get; init; }

    /// <summary>The subject; null when it is not known.</summary>
    public string? Subject { get; init; }

    /// <summary>The size of the content in octets.</summary>
    public required long Size { get; init; }

    /// <summary>What back-off is kept by.</summary>
    public required string Destination { get; init; }

    /// <summary>
    /// The number of its route, for <see cref="IQueueStore.GetRouteAsync"/>; items with equal routes share it.
    /// </summary>
    public required long RouteId { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>Not to be sent earlier, as it was added; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>When it is due; null when it is finished or held.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When to give up.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How often it was attempted.</summary>
    public int Attempts { get; init; }

    /// <summary>
    /// How often it was deferred because a window was full when its own turn had come, since its last attempt.
    /// </summary>
    public int Deferrals { get; init; }

    /// <summary>When it was last attempted; null when it was not.</summary>
    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>Why the last attempt did not reach everybody, for people; null when it did or there was none.</summary>
    public string? LastError { get; init; }

    /// <summary>The id of that failure, such as <c>SmtpConnectFailed</c>.</summary>
    public string? LastErrorId { get; init; }

    /// <summary>The id of its diagnosis in the error catalogue.</summary>
    public string? DiagnosisId { get; init; }

    /// <summary>When it came to its final state; null before.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Who has it in work; null when nobody has.</summary>
    public string? Owner { get; init; }

    /// <summary>When that lease ends.</summary>
    public DateTimeOffset? LeasedUntil { get; init; }

    /// <summary>The envelope for those who do not have it and were not refused for good.</summary>
    public Envelope OpenEnvelope => new(Sender, [.. Recipients.Where(r => r.IsOpen).Select(r => r.Recipient)])
    {
        Return = Return,
        EnvelopeId = EnvelopeId,
    };
}
