using MailAdmin.Dns;
using MailAdmin.Dns.Records;
using MailAdmin.DomainChecks.Mx;

namespace MailAdmin.DomainChecks.Dane;

/// <summary>
/// Looks at the TLSA records of the mail exchanges. Certificates are compared where connections are made.
/// </summary>
internal sealed class DaneCheck(IDnsResolver resolver, AreaLog log, CancellationToken cancellationToken)
{
    public async Task<IReadOnlyList<DaneHost>> RunAsync(IReadOnlyList<MxHost> exchanges)
    {
        List<DaneHost> hosts = [];
        foreach (var exchange in exchanges)
        {
            if (await LookAsync(exchange).ConfigureAwait(false) is { } host)
            {
                hosts.Add(host);
            }
        }

        var active = hosts.Count(host => host.IsActive);
        if (hosts.Count == exchanges.Count && hosts.Count > 0 && hosts.TrueForAll(host => host.Records.Count == 0))
        {
            log.Info(new Phrase("DaneMissing"));
        }
        else if (active > 0 && active < exchanges.Count)
        {
            log.Warn(new Phrase(
                "DanePartial",
                string.Join(", ", exchanges.Select(exchange => exchange.Host).Except(
                    hosts.Where(host => host.IsActive).Select(host => host.Host)))));
        }

        return hosts;
    }

    private async Task<DaneHost?> LookAsync(MxHost exchange)
    {
        if (!DnsName.TryParse($"_25._tcp.{exchange.Host}", out var name, out _))
        {
            return null;
        }

        var response = await log.AskAsync(resolver, name, DnsRecordType.TLSA, cancellationToken).ConfigureAwait(false);
        if (!response.IsDefinite)
        {
            // Senders that use DANE put the mail off until this look-up works (RFC 7672 §2.1.1).
            log.Error(new Phrase("DaneLookupFails", exchange.Host.ToString(), DnsPhrase.Of(response)));
            return null;
        }

        var records = response.Records<TlsaRecord>();
        if (records.Count == 0)
        {
            return new DaneHost(exchange.Host, records, IsActive: false);
        }

        var faults = records.Select(TlsaFault.Of).OfType<Phrase>().ToList();
        foreach (var fault in faults)
        {
            log.Warn(new Phrase("DaneRecordUnusable", exchange.Host.ToString(), fault));
        }

        var isProven = response.IsAuthenticated
            && exchange is { IsAuthenticated: true, AreAddressesAuthenticated: true };
        var isActive = isProven && faults.Count < records.Count;
        if (!isProven)
        {
            log.Warn(new Phrase("DaneNotAuthenticated", exchange.Host.ToString()));
        }
        else if (isActive)
        {
            log.Ok(new Phrase("DaneGood", exchange.Host.ToString(), records.Count - faults.Count));
        }
        else
        {
            log.Error(new Phrase("DaneNothingUsable", exchange.Host.ToString()));
        }

        return new DaneHost(exchange.Host, records, isActive);
    }
}
