using MailAdmin.DomainChecks.Spf;
using Xunit.Abstractions;

namespace MailAdmin.Tests.DomainChecks.Spf;

/// <summary>The evaluator against the public test suite for RFC 7208 (see <c>Data/rfc7208-tests.LICENSE</c>).</summary>
public sealed class SpfSuiteTests(ITestOutputHelper output)
{
    private const int CasesInSuite = 203;
    private const string NoExplanation = "DEFAULT";

    [Fact]
    public async Task Passes_every_case_of_the_public_suite()
    {
        var cases = SpfSuite.Read();
        List<string> failures = [];
        foreach (var test in cases)
        {
            var result = await new SpfEvaluator(test.Zone).CheckAsync(test.Query, default);
            var explanation = result.Explanation ?? NoExplanation;
            if (!test.Verdicts.Contains(result.Verdict) ||
                (test.Explanation is not null && test.Explanation != explanation))
            {
                failures.Add($"{test.Name}: {result.Verdict} ({result.Fault}), \"{explanation}\"");
            }
        }

        output.WriteLine($"RFC 7208 test suite: {cases.Count - failures.Count} of {cases.Count} cases passed");
        Assert.Equal(CasesInSuite, cases.Count);
        Assert.Empty(failures);
    }
}
