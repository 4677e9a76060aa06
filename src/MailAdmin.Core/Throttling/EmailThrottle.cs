using System.Collections.ObjectModel;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Throttling;

/// <summary>The limits of a provider, a method or a server, and their use now.</summary>
public sealed record EmailThrottle
{
    /// <summary>What the limits are of.</summary>
    public required ThrottleScopeKind Kind { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The account whose use is shown; null for all together, or when none has sent yet.</summary>
    public string? Account { get; init; }

    /// <summary>True when nobody has changed what the provider's limits are by themselves.</summary>
    public required bool IsPreset { get; init; }

    /// <summary>The limits, each with its use.</summary>
    /// <remarks>A collection that PowerShell can index.</remarks>
    public required ReadOnlyCollection<ThrottleLimit> Limits { get; init; }

    /// <summary>The most recipients of one transaction; 0 for no limit.</summary>
    public required int RecipientsPerMessage { get; init; }

    /// <summary>The most connections at once, of all processes; 0 for no limit.</summary>
    public required int Connections { get; init; }

    /// <summary>How many there are now.</summary>
    public required int ConnectionsInUse { get; init; }

    /// <summary>
    /// How often an item of the queue is deferred before it is attempted all the same; 0 for without end.
    /// </summary>
    public required int Deferrals { get; init; }

    /// <summary>The longest time that an item is deferred by, in seconds.</summary>
    public required int DeferralSeconds { get; init; }

    /// <summary>The licences of the tenant; null when they were not set.</summary>
    public int? Licenses { get; init; }

    /// <summary>True for a trial tenant.</summary>
    public bool IsTrial { get; init; }

    /// <summary>The tenant's own domains: all other recipients are external.</summary>
    public required ReadOnlyCollection<string> AcceptedDomain { get; init; }

    /// <summary>The day on which the providers' own limits were last compared with what they say.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The provider, if the limits are a provider's.</summary>
    public string? Provider => Kind == ThrottleScopeKind.Provider ? Name : null;

    /// <summary>The method, if the limits are a method's.</summary>
    public SendMethodId? Method =>
        Kind == ThrottleScopeKind.Method && Enum.TryParse<SendMethodId>(Name, out var id) ? id : null;

    /// <summary>The server, if the limits are a server's.</summary>
    public string? Server => Kind == ThrottleScopeKind.Server ? Name : null;
}
