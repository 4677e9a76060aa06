using MailAdmin.DomainChecks;

namespace MailAdmin.Tests.DomainChecks;

internal static class Codes
{
    /// <summary>The findings as severity and name, in order; and each has words.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<Finding> findings)
    {
        var list = findings.ToList();
        Assert.All(
            list, finding => Assert.DoesNotContain("{", finding.Message + finding.Advice, StringComparison.Ordinal));
        return [.. list.Select(finding => $"{finding.Severity} {finding.Code}")];
    }
}
