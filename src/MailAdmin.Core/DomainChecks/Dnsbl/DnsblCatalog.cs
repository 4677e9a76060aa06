namespace MailAdmin.DomainChecks.Dnsbl;

/// <summary>The block lists that are asked; lists come and go, so a list of one's own may be given.</summary>
public sealed record DnsblCatalog
{
    /// <summary>The built-in list.</summary>
    public static DnsblCatalog BuiltIn { get; } =
        EmbeddedJson.Read<DnsblCatalog>("MailAdmin.DomainChecks.dnsbl.json");

    /// <summary>The day on which the list was last looked over.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The block lists.</summary>
    public required IReadOnlyList<DnsblZone> Zones { get; init; }
}
