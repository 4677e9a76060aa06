using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.DomainChecks;
using MailAdmin.DomainChecks.MtaSts;

namespace MailAdmin.Tests.DomainChecks.MtaSts;

public sealed class MtaStsCheckTests
{
    private const string Record = "_mta-sts.example.com TXT \"v=STSv1; id=20261122T1;\"";

    [Theory]
    [InlineData("enforce", 604800, "mx.example.com", "Ok MtaStsGood")]
    [InlineData("testing", 604800, "mx.example.com", "Warning MtaStsTesting")]
    [InlineData("enforce", 604800, "other.example.com", "Error MtaStsHostNotCovered")]
    [InlineData("testing", 604800, "other.example.com", "Warning MtaStsHostNotCovered", "Warning MtaStsTesting")]
    [InlineData("enforce", 300, "mx.example.com", "Warning MtaStsShort", "Ok MtaStsGood")]
    [InlineData("none", 300, "mx.example.com", "Info MtaStsOff")]
    [InlineData("mad", 300, "mx.example.com", "Error MtaStsFileBroken")]
    public async Task Judges_policies(string mode, int age, string mx, params string[] findings)
    {
        var file = $"version: STSv1\nmode: {mode}\nmx: {mx}\nmax_age: {age}\n";
        Assert.Equal(findings, Codes.Of((await Check(MtaStsFetch.Found(file), Record)).Findings));
    }

    [Fact]
    public async Task Says_why_the_file_did_not_come()
    {
        MtaStsFetch[] fetches =
            [MtaStsFetch.Status(404), MtaStsFetch.ContentType("text/html"), MtaStsFetch.Unreachable("no")];
        foreach (var fetch in fetches)
        {
            Assert.Equal(["Error MtaStsFileMissing"], Codes.Of((await Check(fetch, Record)).Findings));
        }
    }

    [Theory]
    [InlineData("Error MtaStsManyRecords", "v=STSv1; id=1", "v=STSv1; id=2")]
    [InlineData("Error MtaStsId", "v=STSv1; id=a-b")]
    [InlineData("Error MtaStsId", "v=STSv1;")]
    public async Task Judges_records(string finding, params string[] texts)
    {
        var log = await Check(
            MtaStsFetch.Found("version: STSv1\nmode: none\nmax_age: 1\n"),
            [.. texts.Select(text => $"_mta-sts.example.com TXT \"{text}\"")]);
        Assert.Equal(finding, Codes.Of(log.Findings)[0]);
    }

    [Fact]
    public async Task Offers_a_record_and_a_file_that_are_valid()
    {
        var log = await Check(MtaStsFetch.Status(404), "example.com TXT unrelated");
        Assert.Equal(["Info MtaStsMissing"], Codes.Of(log.Findings));
        Assert.Equal(
            ["_mta-sts.example.com", "https://mta-sts.example.com/.well-known/mta-sts.txt"],
            log.Suggestions.Select(s => s.Place));
        Assert.True(MtaStsPolicy.TryParse(log.Suggestions[1].Text, out var policy, out _));
        Assert.True(policy.Covers(DnsName.Parse("mx.example.com")));
        Assert.Equal(MtaStsMode.Testing, policy.Mode);
    }

    private static async Task<AreaLog> Check(MtaStsFetch fetch, params string[] lines)
    {
        var log = new AreaLog(CheckArea.MtaSts);
        var zone = new MemoryResolver().With(lines);
        await new MtaStsCheck(zone, new StillPolicySource(fetch), TimeProvider.System, log, default)
            .RunAsync(DomainName.Parse("example.com"), [DnsName.Parse("mx.example.com")]);
        return log;
    }
}
