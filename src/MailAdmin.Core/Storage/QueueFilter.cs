namespace MailAdmin.Storage;

/// <summary>Which items of the queue to find; what is not said does not matter. Addresses ignore case.</summary>
public sealed record QueueFilter
{
    /// <summary>These items only.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>In one of these states.</summary>
    public IReadOnlyList<QueueItemState>? States { get; init; }

    /// <summary>For this destination.</summary>
    public string? Destination { get; init; }

    /// <summary>From this envelope sender; * and ? stand for characters.</summary>
    public string? Sender { get; init; }

    /// <summary>To this recipient; * and ? stand for characters.</summary>
    public string? Recipient { get; init; }

    /// <summary>With this Message-ID, without angle brackets.</summary>
    public string? MessageId { get; init; }

    /// <summary>Added at this time or later.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Added before this time.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>The most items to find.</summary>
    public long First { get; init; } = long.MaxValue;
}
