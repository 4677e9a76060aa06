using MailAdmin.DomainChecks;

namespace MailAdmin.Cli.Output;

/// <summary>One finding about a domain.</summary>
/// <param name="Area">Such as <c>Spf</c>.</param>
/// <param name="Severity">Ok, Info, Warning or Error.</param>
/// <param name="Code">The stable name.</param>
/// <param name="Message">What was found.</param>
/// <param name="Advice">What to do; empty when there is nothing to do.</param>
internal sealed record FindingJson(string Area, string Severity, string Code, string Message, string Advice)
{
    public static FindingJson Of(Finding finding) => new(
        finding.Area.ToString(), finding.Severity.ToString(), finding.Code, finding.Message, finding.Advice);
}
