using MailAdmin.Dns;
using MailAdmin.Dns.Records;
using MailAdmin.DomainChecks.Mx;

namespace MailAdmin.DomainChecks.Dane;

/// <summary>
/// Looks at the TLSA records of the mail exchanges, and whether the certificates that these show fit them.
/// </summary>
/// <param name="resolver">The DNS.</param>
/// <param name="certificates">Shows the certificates; null when no connection is to be made.</param>
/// <param name="log">Takes the findings.</param>
/// <param name="cancellationToken">Ends the check.</param>
internal sealed class DaneCheck(
    IDnsResolver resolver, IMailHostCertificates? certificates, AreaLog log, CancellationToken cancellationToken)
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

        return new DaneHost(
            exchange.Host,
            records,
            isActive,
            certificates is null || faults.Count == records.Count
                ? null
                : await CompareAsync(certificates, exchange.Host, records, isProven).ConfigureAwait(false));
    }

    /// <returns>Whether the certificate fits; null when it was not seen.</returns>
    private async Task<bool?> CompareAsync(
        IMailHostCertificates source, DnsName host, IReadOnlyList<TlsaRecord> records, bool isProven)
    {
        var name = host.ToString();
        var shown = await source.FetchAsync(host, cancellationToken).ConfigureAwait(false);
        if (shown.Session is { } session)
        {
            if (TlsaMatch.Find(records.Where(record => TlsaFault.Of(record) is null), session) is { } fit)
            {
                log.Ok(new Phrase("DaneCertificateFits", name, fit.Data));
                return true;
            }

            log.Add(Gravity(isProven), new Phrase("DaneCertificateDiffers", name, TlsaMatch.KeyHash(session) ?? "-"));
            return false;
        }

        if (shown.IsPlainOnly)
        {
            log.Add(Gravity(isProven), new Phrase("DaneNoStartTls", name));
            return false;
        }

        log.Info(new Phrase("DaneNotCompared", name, shown.Detail));
        return null;
    }

    // What DNSSEC does not prove here, it may prove to others.
    private static FindingSeverity Gravity(bool isProven) => isProven ? FindingSeverity.Error : FindingSeverity.Warning;
}
