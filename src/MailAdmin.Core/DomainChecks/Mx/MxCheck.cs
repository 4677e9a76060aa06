using System.Net;
using MailAdmin.Dns;
using MailAdmin.Dns.Records;

namespace MailAdmin.DomainChecks.Mx;

/// <summary>Finds the hosts that take a domain's mail, and whether senders can reach them.</summary>
internal sealed class MxCheck(
    IDnsResolver resolver,
    MailProviderCatalog providers,
    AreaLog log,
    CancellationToken cancellationToken)
{
    public async Task<IReadOnlyList<MxHost>> RunAsync(DnsName domain, MailProvider? expected)
    {
        var response = await log.AskAsync(resolver, domain, DnsRecordType.MX, cancellationToken).ConfigureAwait(false);
        if (!response.IsDefinite)
        {
            log.Error(new Phrase("CheckNotPossible", DnsPhrase.Of(response)));
            return [];
        }

        if (response.Outcome == DnsOutcome.NxDomain)
        {
            log.Error(new Phrase("MxDomainMissing", domain.ToString()));
            return [];
        }

        var records = response.Records<MxRecord>();
        if (records.Any(record => record.IsNull))
        {
            log.Add(
                records.Count == 1 ? FindingSeverity.Info : FindingSeverity.Error,
                records.Count == 1 ? new Phrase("MxNull", domain.ToString()) : new Phrase("MxNullAmongOthers"));
        }

        List<MxHost> hosts = [];
        foreach (var record in records.Where(record => !record.IsNull).OrderBy(record => record.Preference))
        {
            hosts.Add(await LookAsync(record.Exchange, record.Preference, response).ConfigureAwait(false));
        }

        if (records.Count == 0)
        {
            await LookForImplicitAsync(domain, hosts, response).ConfigureAwait(false);
        }

        Judge(hosts, expected);
        return hosts;
    }

    private async Task LookForImplicitAsync(DnsName domain, List<MxHost> hosts, DnsResponse response)
    {
        var host = await AddressesAsync(new MxHost { Host = domain, IsAuthenticated = response.IsAuthenticated })
            .ConfigureAwait(false);
        if (host.Addresses.Count > 0)
        {
            log.Warn(new Phrase("MxImplicit", domain.ToString()));
            hosts.Add(host);
        }
        else
        {
            log.Error(new Phrase("MxMissing", domain.ToString()));
        }
    }

    private async Task<MxHost> LookAsync(DnsName exchange, int preference, DnsResponse response)
    {
        var host = new MxHost
        {
            Host = exchange,
            Preference = preference,
            Provider = providers.OfExchange(exchange)?.Name,
            IsAuthenticated = response.IsAuthenticated,
        };
        if (IPAddress.TryParse(exchange.ToString(), out _))
        {
            log.Error(new Phrase("MxIsAddress", exchange.ToString()));
            return host;
        }

        return await AddressesAsync(host).ConfigureAwait(false);
    }

    private async Task<MxHost> AddressesAsync(MxHost host)
    {
        var name = host.Host.ToString();
        var v4 = await log.AskAsync(resolver, host.Host, DnsRecordType.A, cancellationToken).ConfigureAwait(false);
        var v6 = await log.AskAsync(resolver, host.Host, DnsRecordType.AAAA, cancellationToken).ConfigureAwait(false);
        DnsResponse[] responses = [v4, v6];
        var addresses = responses
            .SelectMany(response => response.Records<AddressRecord>())
            .Select(record => record.Address)
            .ToList();
        if (host.Preference is not null)
        {
            foreach (var broken in responses.Where(response => !response.IsDefinite))
            {
                log.Error(new Phrase("CheckNotPossible", DnsPhrase.Of(broken)));
            }

            if (v4.Aliases.Count > 0)
            {
                log.Error(new Phrase("MxAlias", name, v4.CanonicalName.ToString()));
            }

            if (addresses.Count == 0 && responses.All(response => response.IsDefinite))
            {
                log.Error(v4.Outcome == DnsOutcome.NxDomain
                    ? new Phrase("MxDangling", name)
                    : new Phrase("MxNoAddress", name));
            }
        }

        foreach (var address in addresses.Where(SpecialAddresses.Include))
        {
            log.Error(new Phrase("MxPrivateAddress", name, address.ToString()));
        }

        return host with
        {
            Addresses = addresses,
            AreAddressesAuthenticated = responses.All(response => response.IsAuthenticated),
        };
    }

    private void Judge(List<MxHost> hosts, MailProvider? expected)
    {
        if (hosts.Count == 0)
        {
            return;
        }

        if (expected is not null && hosts.TrueForAll(host => host.Provider != expected.Name))
        {
            log.Warn(new Phrase("MxOtherProvider", expected.Name, string.Join(", ", hosts.Select(host => host.Host))));
        }
        else if (expected is not null && hosts.Exists(host => host.Provider != expected.Name))
        {
            log.Warn(new Phrase(
                "MxMixedProviders",
                expected.Name,
                string.Join(", ", hosts.Where(host => host.Provider != expected.Name).Select(host => host.Host))));
        }

        if (log.Findings.All(finding => finding.Severity < FindingSeverity.Warning))
        {
            log.Ok(new Phrase("MxGood", string.Join(", ", hosts.Select(host => host.Host))));
        }
    }
}
