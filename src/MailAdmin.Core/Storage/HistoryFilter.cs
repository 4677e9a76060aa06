using MailAdmin.Transports;

namespace MailAdmin.Storage;

/// <summary>Which attempts to find; what is not said does not matter. Addresses ignore case.</summary>
public sealed record HistoryFilter
{
    /// <summary>Ended at this time or later.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Ended before this time.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>To this recipient; * and ? stand for characters.</summary>
    public string? Recipient { get; init; }

    /// <summary>From this envelope sender; * and ? stand for characters.</summary>
    public string? Sender { get; init; }

    /// <summary>With one of these outcomes.</summary>
    public IReadOnlyList<DeliveryStatus>? Statuses { get; init; }

    /// <summary>With this Message-ID, without angle brackets.</summary>
    public string? MessageId { get; init; }

    /// <summary>Of this item of the queue.</summary>
    public long? QueueId { get; init; }

    /// <summary>Of this origin.</summary>
    public HistoryOrigin? Origin { get; init; }

    /// <summary>The most attempts to find.</summary>
    public long First { get; init; } = long.MaxValue;
}
