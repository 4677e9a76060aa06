using System.Net;
using MailAdmin.Dns;

namespace MailAdmin.DomainChecks.Mx;

/// <summary>A host that takes the domain's mail.</summary>
public sealed record MxHost
{
    /// <summary>
    /// The lowest is tried first; null for the domain itself, when it has no MX records (RFC 5321 §5.1).
    /// </summary>
    public int? Preference { get; init; }

    /// <summary>The host.</summary>
    public required DnsName Host { get; init; }

    /// <summary>Its addresses; none when it has none, or when they could not be had.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    /// <summary>The service that it belongs to; null for one that is not known.</summary>
    public string? Provider { get; init; }

    /// <summary>True when DNSSEC proves the record that names the host.</summary>
    public bool IsAuthenticated { get; init; }

    /// <summary>True when DNSSEC proves its addresses.</summary>
    public bool AreAddressesAuthenticated { get; init; }
}
