using System.Globalization;
using MailAdmin.Addressing;
using MailAdmin.Dns;

namespace MailAdmin.DomainChecks.MtaSts;

/// <summary>Looks at the record, the policy file, and whether the mail exchanges fit it.</summary>
internal sealed class MtaStsCheck(
    IDnsResolver resolver,
    IMtaStsPolicySource source,
    TimeProvider time,
    AreaLog log,
    CancellationToken cancellationToken)
{
    private static readonly TimeSpan ShortAge = TimeSpan.FromDays(1);

    public async Task<MtaStsPolicy?> RunAsync(DomainName domain, IReadOnlyList<DnsName> exchanges)
    {
        var lookup = await MtaStsLookup.FindAsync(resolver, source, domain, log, cancellationToken)
            .ConfigureAwait(false);
        foreach (var fault in lookup.Faults)
        {
            log.Error(fault);
        }

        if (lookup.IsMissing)
        {
            log.Info(new Phrase("MtaStsMissing", domain.Ascii));
            Suggest(domain, exchanges);
        }
        else if (lookup.Policy is { } policy)
        {
            Judge(policy, exchanges);
        }

        return lookup.Policy;
    }

    private void Judge(MtaStsPolicy policy, IReadOnlyList<DnsName> exchanges)
    {
        if (policy.Mode == MtaStsMode.None)
        {
            log.Info(new Phrase("MtaStsOff"));
            return;
        }

        var strangers = exchanges.Where(host => !policy.Covers(host)).ToList();
        foreach (var host in strangers)
        {
            log.Add(
                policy.Mode == MtaStsMode.Enforce ? FindingSeverity.Error : FindingSeverity.Warning,
                policy.Misses(host));
        }

        if (policy.MaxAge < ShortAge)
        {
            log.Warn(new Phrase("MtaStsShort", (long)policy.MaxAge.TotalSeconds));
        }

        if (policy.Mode == MtaStsMode.Testing)
        {
            log.Warn(new Phrase("MtaStsTesting"));
        }
        else if (strangers.Count == 0)
        {
            log.Ok(new Phrase("MtaStsGood"));
        }
    }

    private void Suggest(DomainName domain, IReadOnlyList<DnsName> exchanges)
    {
        if (exchanges.Count == 0)
        {
            return;
        }

        var id = time.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        log.Publish(MtaStsLookup.PlaceOf(domain).ToString(), "TXT", $"v={MtaStsPolicy.Version}; id={id};");
        var hosts = string.Concat(exchanges.Select(host => $"mx: {host}\n"));
        log.Publish(
            HttpsPolicySource.PlaceOf(domain).ToString(),
            "FILE",
            $"version: {MtaStsPolicy.Version}\nmode: testing\n{hosts}max_age: 604800\n");
    }
}
