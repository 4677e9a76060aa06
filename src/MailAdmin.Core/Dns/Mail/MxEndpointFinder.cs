using System.Net;
using MailAdmin.Addressing;
using MailAdmin.Dns.Records;

namespace MailAdmin.Dns.Mail;

/// <summary>
/// Looks up where a domain's mail goes (RFC 5321 §5.1, RFC 7505). Nothing is derived from the domain's name: what is
/// not in the DNS is not there.
/// </summary>
/// <param name="resolver">The DNS.</param>
/// <param name="providers">The services to recognise; null for the built-in list.</param>
public sealed class MxEndpointFinder(IDnsResolver resolver, MxProviderCatalog? providers = null)
{
    private const string SmtpService = "_25._tcp";

    private readonly MxProviderCatalog _providers = providers ?? MxProviderCatalog.BuiltIn;

    /// <summary>Looks the domain up.</summary>
    /// <param name="domain">The domain; no address literal.</param>
    /// <param name="withTlsa">Whether to look for TLSA records as well, one more question for each host.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="MailDomainNotFoundException">There is no such domain.</exception>
    /// <exception cref="DnsLookupException">The DNS gave no answer.</exception>
    /// <exception cref="DnsNameException">The domain is an address literal.</exception>
    public async Task<MxEndpoint> FindAsync(DomainName domain, bool withTlsa, CancellationToken cancellationToken)
    {
        var name = DnsName.Of(domain);
        var response = await resolver.QueryAsync(name, DnsRecordType.MX, cancellationToken).ConfigureAwait(false);
        if (response.EnsureDefinite().Outcome == DnsOutcome.NxDomain)
        {
            throw new MailDomainNotFoundException(domain);
        }

        var records = response.Records<MxRecord>();
        var exchanges = records.Where(record => !record.IsNull).OrderBy(record => record.Preference).ToArray();
        var kind = exchanges.Length > 0 ? MxEndpointKind.Mx
            : records.Count > 0 ? MxEndpointKind.Null
            : MxEndpointKind.Implicit;
        var hosts = kind switch
        {
            MxEndpointKind.Mx => await Task.WhenAll(
                    exchanges.Select(mx => LookAsync(mx.Exchange, mx.Preference, withTlsa, cancellationToken)))
                .ConfigureAwait(false),
            MxEndpointKind.Implicit => [await LookAsync(name, null, withTlsa, cancellationToken).ConfigureAwait(false)],
            _ => [],
        };
        if (kind == MxEndpointKind.Implicit && hosts[0].Addresses.Count == 0)
        {
            (kind, hosts) = (MxEndpointKind.None, []);
        }

        return Describe(domain, kind, hosts, response);
    }

    private MxEndpoint Describe(DomainName domain, MxEndpointKind kind, MxEndpointHost[] hosts, DnsResponse response)
    {
        var first = hosts.FirstOrDefault(host => host.Fault is null);
        var provider = _providers.Providers.FirstOrDefault(p => p.Id == first?.Provider);
        var generation = provider?.Id == MxProviderCatalog.Microsoft365 &&
            _providers.TryFind(DnsName.Parse(first!.Name), out _, out var suffix) ? suffix : null;
        var endpoint = new MxEndpoint
        {
            Domain = domain,
            Kind = kind,
            Hosts = hosts,
            SmartHost = first?.Name,
            Provider = provider?.Id,
            ProviderName = provider?.Name,
            Generation = generation,
            TimeToLive = response.TimeToLive,
            IsAuthenticated = response.IsAuthenticated,
        };
        return endpoint with { Warnings = [.. MxWarnings.About(endpoint, response, provider)] };
    }

    private async Task<MxEndpointHost> LookAsync(
        DnsName name, int? preference, bool withTlsa, CancellationToken cancellationToken)
    {
        var host = new MxEndpointHost
        {
            Name = name.ToString(),
            Preference = preference,
            Provider = _providers.TryFind(name, out var provider, out _) ? provider.Id : null,
        };
        if (IPAddress.TryParse(host.Name, out _))
        {
            return host with { Fault = $"'{host.Name}' is an address; an MX record must name a host." };
        }

        var v4 = resolver.QueryAsync(name, DnsRecordType.A, cancellationToken);
        var v6 = resolver.QueryAsync(name, DnsRecordType.AAAA, cancellationToken);
        var tlsa = withTlsa
            ? resolver.QueryAsync(name.Prepend(SmtpService), DnsRecordType.TLSA, cancellationToken)
            : null;
        DnsResponse[] answers = await Task.WhenAll(v4, v6).ConfigureAwait(false);
        var addresses = answers.SelectMany(a => a.Records<AddressRecord>()).Select(r => r.Address).ToArray();
        return host with
        {
            Addresses = addresses,
            TimeToLive =
                answers.Where(a => a.Outcome == DnsOutcome.Success).Select(a => a.TimeToLive).DefaultIfEmpty().Min(),
            AliasOf = answers[0].Aliases.Count > 0 ? answers[0].CanonicalName.ToString() : null,
            IsAuthenticated = answers.All(a => a.IsAuthenticated),
            Tlsa = tlsa is null ? [] : (await tlsa.ConfigureAwait(false)).Records<TlsaRecord>(),
            Fault = addresses.Length > 0 ? null : Lack(host.Name, answers),
        };
    }

    private static string Lack(string host, DnsResponse[] answers) =>
        answers.FirstOrDefault(a => !a.IsDefinite) is { } failed ? new DnsLookupException(failed).Message
        : answers[0].Outcome == DnsOutcome.NxDomain ? $"There is no host {host}."
        : $"The host {host} has no address.";
}
