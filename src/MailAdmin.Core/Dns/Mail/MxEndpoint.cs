using MailAdmin.Addressing;

namespace MailAdmin.Dns.Mail;

/// <summary>Where a domain's mail goes, as its records say now.</summary>
public sealed record MxEndpoint
{
    /// <summary>The domain.</summary>
    public required DomainName Domain { get; init; }

    /// <summary>How the domain says so.</summary>
    public required MxEndpointKind Kind { get; init; }

    /// <summary>
    /// The hosts, in the order in which they are tried; those of one preference as the server sent them.
    /// </summary>
    public IReadOnlyList<MxEndpointHost> Hosts { get; init; } = [];

    /// <summary>
    /// The name to type into a device that is to hand mail to this domain: that of the first host without a fault. Null
    /// when there is none.
    /// </summary>
    public string? SmartHost { get; init; }

    /// <summary>
    /// The service that the first host belongs to, such as <c>Microsoft365</c>; null for none that is known.
    /// </summary>
    public string? Provider { get; init; }

    /// <summary>The name of that service for people.</summary>
    public string? ProviderName { get; init; }

    /// <summary>
    /// For Microsoft 365, the generation of its mail exchanges: <c>mail.protection.outlook.com</c>,
    /// <c>mx.microsoft</c>,
    /// <c>o-v1.mx.microsoft</c> or that of a national cloud; else null.
    /// </summary>
    public string? Generation { get; init; }

    /// <summary>How much longer the answer about the domain holds.</summary>
    public TimeSpan TimeToLive { get; init; }

    /// <summary>True when DNSSEC proves the MX records, by the word of a resolver that is trusted.</summary>
    public bool IsAuthenticated { get; init; }

    /// <summary>What the domain's MTA-STS policy says; null when nobody asked.</summary>
    public MxPolicy? MtaSts { get; init; }

    /// <summary>What is wrong, or worth knowing, as sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The hosts that mail can go to.</summary>
    public IEnumerable<MxEndpointHost> UsableHosts => Hosts.Where(host => host.Fault is null);
}
