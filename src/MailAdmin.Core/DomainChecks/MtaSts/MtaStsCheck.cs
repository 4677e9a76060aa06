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
    private const int MostIdCharacters = 32;
    private static readonly TimeSpan ShortAge = TimeSpan.FromDays(1);

    public async Task<MtaStsPolicy?> RunAsync(DomainName domain, IReadOnlyList<DnsName> exchanges)
    {
        var name = DnsName.Parse($"_mta-sts.{domain.Ascii}");
        var found = await TextLookup.FindAsync(resolver, name, MtaStsPolicy.Version, log, cancellationToken)
            .ConfigureAwait(false);
        if (found.Fault is not null)
        {
            log.Error(new Phrase("CheckNotPossible", found.Fault));
            return null;
        }

        if (found.Texts is not [var text])
        {
            if (found.Texts.Count == 0)
            {
                log.Info(new Phrase("MtaStsMissing", domain.Ascii));
                Suggest(domain, name, exchanges);
            }
            else
            {
                log.Error(new Phrase("MtaStsManyRecords", found.Texts.Count));
            }

            return null;
        }

        var id = TagList.Read(text)["id"] ?? "";
        if (id.Length is 0 or > MostIdCharacters || !id.All(char.IsAsciiLetterOrDigit))
        {
            log.Error(new Phrase("MtaStsId", id));
        }

        return await FetchAsync(domain, exchanges).ConfigureAwait(false);
    }

    private async Task<MtaStsPolicy?> FetchAsync(DomainName domain, IReadOnlyList<DnsName> exchanges)
    {
        var place = HttpsPolicySource.PlaceOf(domain).ToString();
        var fetch = await source.FetchAsync(domain, cancellationToken).ConfigureAwait(false);
        if (fetch.Text is null)
        {
            log.Error(new Phrase("MtaStsFileMissing", place, fetch.Fault!));
            return null;
        }

        if (!MtaStsPolicy.TryParse(fetch.Text, out var policy, out var fault))
        {
            log.Error(new Phrase("MtaStsFileBroken", place, fault));
            return null;
        }

        Judge(policy, exchanges);
        return policy;
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
                new Phrase("MtaStsHostNotCovered", host.ToString(), string.Join(", ", policy.MxPatterns)));
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

    private void Suggest(DomainName domain, DnsName name, IReadOnlyList<DnsName> exchanges)
    {
        if (exchanges.Count == 0)
        {
            return;
        }

        var id = time.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        log.Publish(name.ToString(), "TXT", $"v={MtaStsPolicy.Version}; id={id};");
        var hosts = string.Concat(exchanges.Select(host => $"mx: {host}\n"));
        log.Publish(
            HttpsPolicySource.PlaceOf(domain).ToString(),
            "FILE",
            $"version: {MtaStsPolicy.Version}\nmode: testing\n{hosts}max_age: 604800\n");
    }
}
