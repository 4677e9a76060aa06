namespace MailAdmin.Storage;

/// <summary>The answer to a <see cref="ThrottleRequest"/>.</summary>
public sealed record ThrottleReply
{
    /// <summary>The number of the reservation, to settle it; null when it may not go out now.</summary>
    public long? Reservation { get; init; }

    /// <summary>True when it goes out although a window is full.</summary>
    public bool IsForced { get; init; }

    /// <summary>How long to wait before asking again; zero with a reservation.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>
    /// The limit that will be the last to have room; null with a reservation, or behind another item.
    /// </summary>
    public ThrottleRule? Full { get; init; }

    /// <summary>
    /// True when the item's own turn came and it counts as a deferral; false when it waits behind another item or for
    /// a window that is longer than a minute.
    /// </summary>
    public bool IsCounted { get; init; }

    /// <summary>True when it takes more than <see cref="Full"/> allows at all, so that no waiting helps.</summary>
    public bool NeverFits { get; init; }
}
