namespace MailAdmin.Storage;

/// <summary>The question whether something may go out now.</summary>
public sealed record ThrottleRequest
{
    /// <summary>The limits that it falls under; all of them must have room. At least one.</summary>
    public required IReadOnlyList<ThrottleRule> Rules { get; init; }

    /// <summary>What it uses up under each key of <see cref="Rules"/>.</summary>
    public required IReadOnlyList<ThrottleCharge> Charges { get; init; }

    /// <summary>Who asks: unique to a running process, or a part of one, that keeps alive what it gets.</summary>
    public required string Owner { get; init; }

    /// <summary>The item of the queue that it is for; null for somebody who waits, and goes before the queue.</summary>
    public long? Item { get; init; }

    /// <summary>The key whose items take turns: that of the route.</summary>
    public string TurnKey => Charges[0].Key;

    /// <summary>The longest time to defer an item by.</summary>
    public TimeSpan DeferralLength { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// True when the item has been deferred so often that it is attempted although a short window is full.
    /// </summary>
    public bool MayForce { get; init; }

    /// <summary>What it takes from the window of a rule.</summary>
    public int Amount(ThrottleRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return Charges.First(charge => charge.Key == rule.Key).Of(rule.Limit.Unit);
    }
}
