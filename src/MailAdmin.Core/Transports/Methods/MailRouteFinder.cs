using MailAdmin.Addressing;
using MailAdmin.Dns.Mail;
using MailAdmin.Sasl;
using MailAdmin.Smtp;
using MailAdmin.Transports.Graph;

namespace MailAdmin.Transports.Methods;

/// <summary>
/// Turns a method of sending into a route: fixed servers from the catalogue, MX endpoints from the DNS.
/// </summary>
/// <param name="catalog">The methods.</param>
/// <param name="endpoints">The look-up of MX endpoints.</param>
public sealed class MailRouteFinder(SendMethodCatalog catalog, MxEndpointFinder endpoints)
{
    /// <summary>Whether a copy is to be kept in Sent Items; null for what the method does.</summary>
    public bool? SavesCopy { get; init; }

    /// <summary>Finds the route.</summary>
    /// <param name="id">The method.</param>
    /// <param name="domain">The own domain, for the methods that go to its MX endpoint; null for the others.</param>
    /// <param name="environment">The cloud, for the methods that have fixed servers.</param>
    /// <param name="wishes">Everything else about the route; its host is not used.</param>
    /// <param name="cancellationToken">Ends the look-up at once.</param>
    /// <exception cref="MailException">The method cannot be used so, or the domain has no MX endpoint.</exception>
    public async Task<MailRoute> FindAsync(
        SendMethodId id,
        DomainName? domain,
        CloudEnvironment environment,
        SmtpRoute wishes,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wishes);
        var method = catalog[id];
        MethodRules.Check(method, domain, wishes, SavesCopy);
        if (id == SendMethodId.Graph)
        {
            return ToGraph(method, environment, wishes);
        }

        var route = wishes with
        {
            Method = id.ToString(),
            Port = Port(method, wishes),
            Security = wishes.Security == ConnectionSecurity.Auto && method.Tls == TlsNeed.Required &&
                wishes.Port is null or 25 or 587 ? ConnectionSecurity.StartTls : wishes.Security,
            BatchSize = wishes.BatchSize ?? method.RecipientsPerMessage,
        };
        return method.UsesMx
            ? await FromMxAsync(method, domain!.Value, route, cancellationToken).ConfigureAwait(false)
            : new SmtpMailRoute(route with { Host = MethodRules.Host(method, environment) });
    }

    // A server of one's own is free to serve the usual port of the route; others, and one that does not, name theirs.
    private static int? Port(SendMethodFacts method, SmtpRoute wishes)
    {
        var isUsual = !method.UsesMx && !method.NeedsLogin
            && (wishes.Security == ConnectionSecurity.Implicit || method.Ports.Contains(wishes.EffectivePort));
        return wishes.Port ?? (isUsual ? null : method.Ports[0]);
    }

    private GraphMailRoute ToGraph(SendMethodFacts method, CloudEnvironment environment, SmtpRoute wishes)
    {
        var login = (TokenCredential)wishes.Credential!;
        var route = new GraphRoute
        {
            Address = GraphRoute.AddressOf(MethodRules.Host(method, environment)),
            Mailbox = login.User,
            Tokens = login.Source,
            SaveToSentItems = SavesCopy ?? true,
            Dial = wishes.Dial,
            TrustedRoots = wishes.TrustedRoots,
        };

        // SMTP's own times are for a dialogue of many steps; one that somebody chose holds for each answer.
        return new GraphMailRoute(
            wishes.Timeouts == new SmtpTimeouts() ? route : route with { Patience = wishes.Timeouts.EndOfData });
    }

    private async Task<MailRoute> FromMxAsync(
        SendMethodFacts method, DomainName domain, SmtpRoute route, CancellationToken cancellationToken)
    {
        var endpoint = await endpoints.FindAsync(domain, withTlsa: false, cancellationToken).ConfigureAwait(false);
        string[] hosts = [.. endpoint.UsableHosts.Select(host => host.Name)];
        if (hosts.Length == 0)
        {
            throw new MailRouteException(
                "NoMxEndpoint",
                $"There is no host to hand mail for {domain} to. {string.Join(" ", endpoint.Warnings)}",
                "Correct the domain, or its MX records.",
                MailErrorKind.NotFound);
        }

        var isElsewhere = endpoint.Provider is { } provider && provider != method.Provider;
        return new SmtpMailRoute(route with { Host = hosts[0], FurtherHosts = hosts[1..], FailsOver = true })
        {
            Warnings = isElsewhere ? [.. endpoint.Warnings, Elsewhere(method, endpoint)] : endpoint.Warnings,
            Reach = method.External ? null : new DirectSendReach(domain, endpoints),
        };
    }

    private static string Elsewhere(SendMethodFacts method, MxEndpoint endpoint) =>
        $"The mail of {endpoint.Domain} goes to {endpoint.ProviderName}, not to Microsoft 365: {method.Name} is meant "
        + "for the endpoint of Microsoft 365.";
}
