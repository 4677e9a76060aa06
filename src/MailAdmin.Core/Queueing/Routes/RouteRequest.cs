using MailAdmin.Addressing;
using MailAdmin.Sasl;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Queueing.Routes;

/// <summary>
/// The way that mail is to take, as it was asked for: what another process needs to find it. The MX hosts of a method
/// that has none of its own are looked up when the mail is sent, not when it is queued.
/// </summary>
public sealed record RouteRequest
{
    /// <summary>The method of sending; null for the server that <see cref="Wishes"/> name.</summary>
    public SendMethodId? Method { get; init; }

    /// <summary>The own domain, for the methods that go to its MX hosts; else null.</summary>
    public DomainName? Domain { get; init; }

    /// <summary>The cloud, for the methods that have servers of their own.</summary>
    public CloudEnvironment Environment { get; init; }

    /// <summary>Everything else; the host only counts without a method.</summary>
    public required SmtpRoute Wishes { get; init; }

    /// <summary>
    /// The DNS servers to ask, as <see cref="Dns.DnsServerAddress"/> reads them; empty for the system's.
    /// </summary>
    public IReadOnlyList<string> NameServers { get; init; } = [];

    /// <summary>
    /// Whether a copy is kept in Sent Items, for the methods that leave the choice; null for their own.
    /// </summary>
    public bool? SavesCopy { get; init; }

    /// <summary>
    /// What back-off is kept by: the server, or the method with the domain or cloud, and who logs in. One account that
    /// is refused does not hold another up.
    /// </summary>
    public string Destination
    {
        get
        {
            var place = (Method, Domain) switch
            {
                (null, _) => Wishes.Server.ToLowerInvariant(),
                ({ } method, { } domain) => $"{method} {domain}",
                ({ } method, null) when Environment == default => $"{method}",
                ({ } method, null) => $"{method} {Environment}",
            };
            return Account is { } account ? $"{place} {account.ToLowerInvariant()}" : place;
        }
    }

    private string? Account => Wishes.Credential switch
    {
        PasswordCredential password => password.User,
        TokenCredential token => token.User,
        _ => null,
    };
}
