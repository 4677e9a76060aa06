using System.Net;
using MailAdmin.Dns.Records;

namespace MailAdmin.Dns.Mail;

/// <summary>A host that takes a domain's mail.</summary>
public sealed record MxEndpointHost
{
    /// <summary>Its name, as it goes on the wire.</summary>
    public required string Name { get; init; }

    /// <summary>The lowest is tried first; null for an implicit one.</summary>
    public int? Preference { get; init; }

    /// <summary>The addresses, IPv4 and IPv6.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    /// <summary>How much longer the addresses hold.</summary>
    public TimeSpan TimeToLive { get; init; }

    /// <summary>The name that this one is an alias of, which RFC 2181 §10.3 forbids; null for a proper host.</summary>
    public string? AliasOf { get; init; }

    /// <summary>The service that it belongs to, such as <c>Microsoft365</c>; null for none that is known.</summary>
    public string? Provider { get; init; }

    /// <summary>True when DNSSEC proves the addresses, by the word of a resolver that is trusted.</summary>
    public bool IsAuthenticated { get; init; }

    /// <summary>The certificates that port 25 may show (DANE, RFC 7672); mostly none.</summary>
    public IReadOnlyList<TlsaRecord> Tlsa { get; init; } = [];

    /// <summary>
    /// Whether the domain's MTA-STS policy names this host (RFC 8461 §4.1); null when no policy is in force, or nobody
    /// asked.
    /// </summary>
    public bool? FitsMtaSts { get; init; }

    /// <summary>Why mail cannot go there, as a sentence; null when nothing speaks against it.</summary>
    public string? Fault { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
