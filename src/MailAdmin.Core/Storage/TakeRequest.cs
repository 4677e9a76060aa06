namespace MailAdmin.Storage;

/// <summary>What a distributor wants to have in work.</summary>
public sealed record TakeRequest
{
    /// <summary>
    /// The longest lease that there is. A lease that ends later was given before the clock went back, and counts as
    /// over.
    /// </summary>
    public static readonly TimeSpan LongestLease = TimeSpan.FromMinutes(10);

    /// <summary>Who takes them: unique to a running distributor.</summary>
    public required string Owner { get; init; }

    /// <summary>The most items to take; at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>How long they are kept from others unless renewed; at most <see cref="LongestLease"/>.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The most items to take for one destination.</summary>
    public int PerDestination { get; init; } = int.MaxValue;

    /// <summary>
    /// The most items to take for a certain destination, before <see cref="PerDestination"/>; 0 leaves it out.
    /// </summary>
    public IReadOnlyDictionary<string, int> Destinations { get; init; } = new Dictionary<string, int>();
}
