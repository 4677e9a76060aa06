using System.Net;
using MailAdmin.DomainChecks.Dnsbl;

namespace MailAdmin.DomainChecks;

/// <summary>What is known of a domain before it is checked, and how it is checked.</summary>
public sealed record MailDomainCheckOptions
{
    /// <summary>The addresses that the domain's mail comes from: SPF must cover them, block lists must not.</summary>
    public IReadOnlyList<IPAddress> SendingAddresses { get; init; } = [];

    /// <summary>The name that the sending hosts give with EHLO; empty for the domain's.</summary>
    public string Helo { get; init; } = "";

    /// <summary>
    /// The selectors of the domain's signatures. When none are given, those of the mail service are looked at, or
    /// common ones, and it is no fault if one is missing.
    /// </summary>
    public IReadOnlyList<string> Selectors { get; init; } = [];

    /// <summary>The mail service that the domain should use, by its name in the catalogue; null for any.</summary>
    public string? ExpectedProvider { get; init; }

    /// <summary>What is checked; all by default.</summary>
    public IReadOnlyList<CheckArea> Areas { get; init; } = Enum.GetValues<CheckArea>();

    /// <summary>How long one domain may take. Two minutes by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How many domains are checked at once. 16 by default.</summary>
    public int MaxParallel { get; init; } = 16;

    /// <summary>The block lists to ask.</summary>
    public DnsblCatalog BlockLists { get; init; } = DnsblCatalog.BuiltIn;

    /// <summary>The mail services that are known.</summary>
    public MailProviderCatalog Providers { get; init; } = MailProviderCatalog.BuiltIn;
}
