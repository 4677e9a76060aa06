using MailAdmin.Dns;
using MailAdmin.DomainChecks.MtaSts;

namespace MailAdmin.Tests.DomainChecks.MtaSts;

public sealed class MtaStsPolicyTests
{
    // The example of RFC 8461 §3.2.
    private const string Example =
        "version: STSv1\nmode: enforce\n" +
        "mx: mail.example.com\nmx: *.example.net\nmx: backupmx.example.com\nmax_age: 604800\n";

    [Fact]
    public void Reads_the_example_of_the_standard_with_either_line_end()
    {
        foreach (
            var text in new[] { Example, Example.Replace("\n", "\r\n", StringComparison.Ordinal), Example.TrimEnd() })
        {
            Assert.True(MtaStsPolicy.TryParse(text, out var policy, out _));
            Assert.Equal(MtaStsMode.Enforce, policy.Mode);
            Assert.Equal(TimeSpan.FromDays(7), policy.MaxAge);
            Assert.Equal(["mail.example.com", "*.example.net", "backupmx.example.com"], policy.MxPatterns);
        }
    }

    [Theory]
    [InlineData("mail.example.com", true)]
    [InlineData("MAIL.Example.COM", true)]
    [InlineData("mx.mail.example.com", false)]
    [InlineData("foo.example.net", true)]
    [InlineData("foo.bar.example.net", false)]
    [InlineData("example.net", false)]
    [InlineData("fooexample.net", false)]
    public void A_wildcard_stands_for_one_label(string host, bool fits)
    {
        Assert.True(MtaStsPolicy.TryParse(Example, out var policy, out _));
        Assert.Equal(fits, policy.Covers(DnsName.Parse(host)));
    }

    [Theory]
    [InlineData("mode: enforce\nmx: a.example\nmax_age: 1", "MtaStsFileVersion")]
    [InlineData("version: STSv1\nmode: Enforce\nmx: a.example\nmax_age: 1", "MtaStsMode")]
    [InlineData("version: STSv1\nmx: a.example\nmax_age: 1", "MtaStsMode")]
    [InlineData("version: STSv1\nmode: testing\nmax_age: 1", "MtaStsNoMx")]
    [InlineData("version: STSv1\nmode: testing\nmx: a.example", "MtaStsMaxAge")]
    [InlineData("version: STSv1\nmode: testing\nmx: a.example\nmax_age: 31557601", "MtaStsMaxAge")]
    [InlineData("version: STSv1\nmode: testing\nmx: a.*.example\nmax_age: 1", "MtaStsPattern")]
    [InlineData("version: STSv1\nmode: testing\nmx: .example.com\nmax_age: 1", "MtaStsPattern")]
    [InlineData("version: STSv1\nmode", "MtaStsLine")]
    [InlineData("<html>", "MtaStsLine")]
    [InlineData("", "MtaStsFileVersion")]
    public void Says_why_a_policy_is_unusable(string text, string fault)
    {
        Assert.False(MtaStsPolicy.TryParse(text, out _, out var phrase));
        Assert.Equal(fault, phrase.Key);
    }

    [Fact]
    public void A_policy_of_no_effect_needs_no_hosts()
    {
        Assert.True(
            MtaStsPolicy.TryParse("version: STSv1\nmode: none\nmax_age: 86400\nfuture: x", out var policy, out _));
        Assert.Equal(MtaStsMode.None, policy.Mode);
    }
}
