using MailAdmin.Dns;
using MailAdmin.Dns.Records;

namespace MailAdmin.DomainChecks;

/// <summary>Gathers what the check of one area brings.</summary>
internal sealed class AreaLog(CheckArea area)
{
    private readonly List<Finding> _findings = [];
    private readonly List<Suggestion> _suggestions = [];
    private readonly List<DnsRecord> _records = [];

    public IReadOnlyList<Finding> Findings => _findings;

    public IReadOnlyList<Suggestion> Suggestions => _suggestions;

    public IReadOnlyList<DnsRecord> Records => _records;

    public void Ok(Phrase phrase) => Add(FindingSeverity.Ok, phrase);

    public void Info(Phrase phrase) => Add(FindingSeverity.Info, phrase);

    public void Warn(Phrase phrase) => Add(FindingSeverity.Warning, phrase);

    public void Error(Phrase phrase) => Add(FindingSeverity.Error, phrase);

    public void Add(FindingSeverity severity, Phrase phrase) => _findings.Add(new Finding(area, severity, phrase));

    public void Publish(string place, string kind, string text) => 
        _suggestions.Add(new Suggestion(area, place, kind, PrintableText.Of(text)));

    /// <summary>Asks, and keeps the records that come.</summary>
    public async Task<DnsResponse> AskAsync(
        IDnsResolver resolver,
        DnsName name,
        DnsRecordType type,
        CancellationToken cancellationToken)
    {
        var response = await resolver.QueryAsync(name, type, cancellationToken).ConfigureAwait(false);
        _records.AddRange(response.Answers.Where(record => !_records.Contains(record)));
        return response;
    }
}
