using System.Diagnostics.CodeAnalysis;

namespace MailAdmin.Dns.Mail;

/// <summary>The mail services that are recognised by their mail exchanges: <c>Data/mx-providers.json</c>.</summary>
public sealed record MxProviderCatalog
{
    /// <summary>
    /// The service of Microsoft 365, whose mail exchanges are the smart hosts of Direct Send and relay.
    /// </summary>
    public const string Microsoft365 = "Microsoft365";

    /// <summary>The built-in list.</summary>
    public static MxProviderCatalog BuiltIn { get; } =
        EmbeddedJson.Read<MxProviderCatalog>("MailAdmin.Dns.Mail.mx-providers.json");

    /// <summary>The day on which the list was last compared with what the services say.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The services.</summary>
    public required IReadOnlyList<MxProvider> Providers { get; init; }

    /// <summary>
    /// Finds the service that a mail exchange belongs to, and the domain of that service that it is in.
    /// </summary>
    public bool TryFind(DnsName exchange, [NotNullWhen(true)] out MxProvider? provider, out string suffix)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        foreach (var candidate in Providers)
        {
            if (candidate.Suffixes.FirstOrDefault(s => exchange.IsWithin(DnsName.Parse(s))) is { } found)
            {
                (provider, suffix) = (candidate, found);
                return true;
            }
        }

        (provider, suffix) = (null, "");
        return false;
    }
}
