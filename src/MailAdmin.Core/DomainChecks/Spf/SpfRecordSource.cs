using MailAdmin.Dns;
using MailAdmin.Dns.Records;

namespace MailAdmin.DomainChecks.Spf;

/// <summary>Finds the one SPF record of a domain among its texts (RFC 7208 §4.4, §4.5).</summary>
internal static class SpfRecordSource
{
    public static async Task<SpfFound> FindAsync(
        IDnsResolver resolver,
        DnsName domain,
        CancellationToken cancellationToken) =>
        Select(await resolver.QueryAsync(domain, DnsRecordType.TXT, cancellationToken).ConfigureAwait(false));

    public static SpfFound Select(DnsResponse response)
    {
        var domain = response.Name.ToString();
        if (!response.IsDefinite)
        {
            return new SpfFound(SpfVerdict.TempError, DnsPhrase.Of(response));
        }

        var texts = response.Records<TxtRecord>().Select(record => record.Text).Where(SpfRecord.IsSpf).ToList();
        return texts switch
        {
            [] => new SpfFound(
                SpfVerdict.None,
                response.Outcome == DnsOutcome.NxDomain
                    ? new Phrase("SpfDomainMissing", domain)
                    : new Phrase("SpfNoRecord", domain)),
            [var text] => SpfRecord.TryParse(text, out var record, out var fault)
                ? new SpfFound(SpfVerdict.Neutral, null) { Record = record, Texts = texts }
                : new SpfFound(SpfVerdict.PermError, fault) { Texts = texts },
            _ => new SpfFound(SpfVerdict.PermError, new Phrase("SpfManyRecords", domain, texts.Count))
            {
                Texts = texts,
            },
        };
    }
}
