using MailAdmin.Dns;
using MailAdmin.Dns.Mail;

namespace MailAdmin.DomainChecks;

/// <summary>The mail services that checks know.</summary>
public sealed record MailProviderCatalog
{
    /// <summary>The built-in list.</summary>
    public static MailProviderCatalog BuiltIn { get; } =
        EmbeddedJson.Read<MailProviderCatalog>("MailAdmin.DomainChecks.providers.json");

    /// <summary>The day on which the list was last compared with what the services say.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The services.</summary>
    public required IReadOnlyList<MailProvider> Providers { get; init; }

    /// <summary>Selectors that are common everywhere.</summary>
    public required IReadOnlyList<string> CommonSelectors { get; init; }

    /// <summary>The service of that name; null for one that is not listed.</summary>
    public MailProvider? Find(string? name) =>
        Providers.FirstOrDefault(provider => provider.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The service that a mail exchange belongs to; null for none of them.</summary>
    public MailProvider? OfExchange(DnsName exchange) =>
        MxProviderCatalog.BuiltIn.TryFind(exchange, out var provider, out _) ? Find(provider.Id) : null;
}
