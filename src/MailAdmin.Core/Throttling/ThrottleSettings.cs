using MailAdmin.Transports.Methods;

namespace MailAdmin.Throttling;

/// <summary>What a user set for a scope; null stands for what is preset.</summary>
public sealed record ThrottleSettings
{
    /// <summary>The limits; none at all when empty.</summary>
    public IReadOnlyList<SendLimit>? Limits { get; init; }

    /// <summary>The most recipients of one transaction; 0 for no limit.</summary>
    public int? RecipientsPerMessage { get; init; }

    /// <summary>The most connections at once, of all processes; 0 for no limit.</summary>
    public int? Connections { get; init; }

    /// <summary>
    /// How often an item of the queue is deferred before it is attempted all the same; 0 for without end.
    /// </summary>
    public int? Deferrals { get; init; }

    /// <summary>The longest time that an item is deferred by, in seconds: 1 to 60.</summary>
    public int? DeferralSeconds { get; init; }

    /// <summary>
    /// The licences of the tenant, from which its limit of external recipients follows; null when not known.
    /// </summary>
    public int? Licenses { get; init; }

    /// <summary>True for a trial tenant, which has a limit of its own.</summary>
    public bool IsTrial { get; init; }

    /// <summary>The tenant's own domains; all other recipients are external.</summary>
    public IReadOnlyList<string> AcceptedDomains { get; init; } = [];

    /// <summary>True when everything is as it is preset.</summary>
    public bool IsEmpty => this is
    {
        Limits: null,
        RecipientsPerMessage: null,
        Connections: null,
        Deferrals: null,
        DeferralSeconds: null,
        Licenses: null,
        IsTrial: false,
        AcceptedDomains.Count: 0,
    };
}
