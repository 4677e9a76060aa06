using MailAdmin.Addressing;
using MailAdmin.Dns;

namespace MailAdmin.DomainChecks.MtaSts;

/// <summary>
/// What a sender finds who looks for a domain's policy (RFC 8461 §3): first the record, then the file.
/// </summary>
/// <param name="Policy">The policy; null when there is none that can be read.</param>
/// <param name="Faults">Why senders cannot use it.</param>
internal sealed record MtaStsLookup(MtaStsPolicy? Policy, IReadOnlyList<Phrase> Faults)
{
    private const int MostIdCharacters = 32;

    /// <summary>True when the domain publishes no policy.</summary>
    public bool IsMissing => Policy is null && Faults.Count == 0;

    /// <summary>Where the record is.</summary>
    public static DnsName PlaceOf(DomainName domain) => DnsName.Parse($"_mta-sts.{domain.Ascii}");

    public static async Task<MtaStsLookup> FindAsync(
        IDnsResolver resolver,
        IMtaStsPolicySource source,
        DomainName domain,
        AreaLog log,
        CancellationToken cancellationToken)
    {
        var found = await TextLookup
            .FindAsync(resolver, PlaceOf(domain), MtaStsPolicy.Version, log, cancellationToken)
            .ConfigureAwait(false);
        if (found.Fault is not null)
        {
            return new(null, [new Phrase("CheckNotPossible", found.Fault)]);
        }

        if (found.Texts is not [var text])
        {
            return new(null, found.Texts.Count == 0 ? [] : [new Phrase("MtaStsManyRecords", found.Texts.Count)]);
        }

        List<Phrase> faults = [];
        var id = TagList.Read(text)["id"] ?? "";
        if (id.Length is 0 or > MostIdCharacters || !id.All(char.IsAsciiLetterOrDigit))
        {
            faults.Add(new Phrase("MtaStsId", id));
        }

        var place = HttpsPolicySource.PlaceOf(domain).ToString();
        var fetch = await source.FetchAsync(domain, cancellationToken).ConfigureAwait(false);
        MtaStsPolicy? policy = null;
        if (fetch.Text is null)
        {
            faults.Add(new Phrase("MtaStsFileMissing", place, fetch.Fault!));
        }
        else if (!MtaStsPolicy.TryParse(fetch.Text, out policy, out var fault))
        {
            faults.Add(new Phrase("MtaStsFileBroken", place, fault));
        }

        return new(policy, faults);
    }
}
