using MailAdmin.DomainChecks;

namespace MailAdmin.Cli.Output;

/// <summary>The report on a domain as <c>--json</c> writes it, one line for each domain.</summary>
/// <param name="Domain">The domain, as people write it.</param>
/// <param name="ExitCode">The exit code that this domain earns.</param>
/// <param name="Severity">The worst finding: Ok, Info, Warning or Error.</param>
/// <param name="IsConclusive">False when the DNS answered nothing at all.</param>
/// <param name="CheckedAt">When the check began.</param>
/// <param name="Findings">What was found, area by area.</param>
/// <param name="Suggestions">What to publish.</param>
/// <param name="MxHosts">The hosts that take the mail, the first choice first.</param>
/// <param name="Spf">The SPF record; null when there is none that can be used.</param>
/// <param name="SpfLookups">The look-ups that it costs.</param>
/// <param name="Dmarc">The DMARC record that applies; null for none.</param>
/// <param name="Records">All records that were found, as lines of a zone file.</param>
internal sealed record DomainJson(
    string Domain,
    int ExitCode,
    string Severity,
    bool IsConclusive,
    DateTimeOffset CheckedAt,
    IReadOnlyList<FindingJson> Findings,
    IReadOnlyList<SuggestionJson> Suggestions,
    IReadOnlyList<string> MxHosts,
    string? Spf,
    int? SpfLookups,
    string? Dmarc,
    IReadOnlyList<string> Records)
{
    public static DomainJson Of(MailDomainReport report) => new(
        report.Domain.Unicode,
        (int)ExitCodes.Of([report]),
        report.Severity.ToString(),
        report.IsConclusive,
        report.CheckedAt,
        [.. report.Findings.Select(FindingJson.Of)],
        [.. report.Suggestions.Select(SuggestionJson.Of)],
        [.. report.MxHosts.Select(host => host.Host.ToString())],
        report.SpfTree?.Record,
        report.SpfTree?.Lookups,
        report.Dmarc?.Record?.Text,
        [.. report.Records.Select(record => record.ToString())]);
}
