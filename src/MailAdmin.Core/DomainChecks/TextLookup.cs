using MailAdmin.Dns;
using MailAdmin.Dns.Records;

namespace MailAdmin.DomainChecks;

/// <summary>The texts of one kind at one name.</summary>
/// <param name="Response">The answer that they are from.</param>
/// <param name="Texts">Those that begin with the version.</param>
/// <param name="Others">The other texts there.</param>
internal sealed record TextLookup(DnsResponse Response, IReadOnlyList<string> Texts, IReadOnlyList<string> Others)
{
    /// <summary>Why nothing can be said; null when the answer is definite.</summary>
    public Phrase? Fault => Response.IsDefinite ? null : DnsPhrase.Of(Response);

    public static async Task<TextLookup> FindAsync(
        IDnsResolver resolver,
        DnsName name,
        string version,
        AreaLog log,
        CancellationToken cancellationToken)
    {
        var response = await log.AskAsync(resolver, name, DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        var texts = response.Records<TxtRecord>()
            .Select(record => record.Text)
            .ToLookup(text => TagList.HasVersion(text, version));
        return new TextLookup(response, [.. texts[true]], [.. texts[false]]);
    }
}
