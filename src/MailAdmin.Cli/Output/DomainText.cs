using MailAdmin.DomainChecks;

namespace MailAdmin.Cli.Output;

/// <summary>The report on a domain for people: the findings, what to do, and what to publish.</summary>
internal static class DomainText
{
    public static IEnumerable<string> Lines(MailDomainReport report)
    {
        yield return $"{report.Domain}: {report.Severity}";
        foreach (var finding in report.Findings)
        {
            yield return $"  {finding.Severity,-7}  {finding.Area,-6}  {finding.Message}";
            if (finding.Advice.Length > 0 && finding.Severity > FindingSeverity.Info)
            {
                yield return $"                   {finding.Advice}";
            }
        }

        foreach (var suggestion in report.Suggestions)
        {
            yield return $"  {suggestion.Place} {suggestion.Kind}";
            foreach (var line in suggestion.Text.TrimEnd().Split('\n'))
            {
                yield return $"    {line}";
            }
        }
    }
}
