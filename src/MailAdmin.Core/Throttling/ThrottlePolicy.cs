using MailAdmin.Transports.Methods;

namespace MailAdmin.Throttling;

/// <summary>The limits that a route falls under.</summary>
public sealed record ThrottlePolicy
{
    /// <summary>How often an item is deferred by default before it is attempted all the same.</summary>
    public const int DefaultDeferrals = 10;

    /// <summary>The longest deferral.</summary>
    public static readonly TimeSpan LongestDeferral = TimeSpan.FromMinutes(1);

    /// <summary>The route's own limits.</summary>
    public IReadOnlyList<SendLimit> Limits { get; init; } = [];

    /// <summary>The most recipients of one transaction; null for no limit.</summary>
    public int? RecipientsPerMessage { get; init; }

    /// <summary>The most connections at once, of all processes; null for no limit.</summary>
    public int? Connections { get; init; }

    /// <summary>How often an item is deferred before it is attempted all the same; null for without end.</summary>
    public int? Deferrals { get; init; } = DefaultDeferrals;

    /// <summary>The longest time that an item is deferred by.</summary>
    public TimeSpan DeferralLength { get; init; } = LongestDeferral;
}
