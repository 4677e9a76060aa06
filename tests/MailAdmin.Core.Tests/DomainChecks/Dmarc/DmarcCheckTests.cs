using MailAdmin.Dns;
using MailAdmin.DomainChecks;
using MailAdmin.DomainChecks.Dmarc;

namespace MailAdmin.Tests.DomainChecks.Dmarc;

public sealed class DmarcCheckTests
{
    [Fact]
    public async Task Offers_a_record_where_there_is_none()
    {
        var (log, result) = await Check("example.com");
        Assert.Equal(["Error DmarcMissing"], Codes.Of(log.Findings));
        var suggestion = Assert.Single(log.Suggestions);
        Assert.Equal(("_dmarc.example.com", "TXT"), (suggestion.Place, suggestion.Kind));
        Assert.True(DmarcRecord.Read(suggestion.Text) is { IsUsable: true, Faults.Count: 0, ReportUris.Count: 1 });
        Assert.Null(result.Record);
    }

    [Theory]
    [InlineData("p=reject; rua=mailto:a@example.com", "Ok DmarcGood")]
    [InlineData("p=none; rua=mailto:a@example.com", "Warning DmarcNone")]
    [InlineData("p=reject; t=y; rua=mailto:a@sub.example.com", "Warning DmarcTesting")]
    [InlineData("p=reject", "Ok DmarcGood", "Warning DmarcNoReports")]
    [InlineData("p=reject; pct=20; rua=mailto:a@example.com", "Warning DmarcDroppedTags", "Ok DmarcGood")]
    [InlineData("p=reject; sp=none; rua=mailto:a@example.com", "Ok DmarcGood", "Warning DmarcWeakSubdomains")]
    [InlineData("p=rejct", "Warning DmarcIgnored", "Error DmarcUnusable")]
    [InlineData("rua=mailto:a@example.com", "Error DmarcPolicyBroken")]
    [InlineData("p=reject; rua=mailto:a@elsewhere.example", "Ok DmarcGood", "Warning DmarcReceiverSilent")]
    [InlineData("p=reject; rua=mailto:a@reports.example", "Ok DmarcGood")]
    public async Task Judges_records(string tags, params string[] findings)
    {
        var (log, _) = await Check(
            "example.com",
            $"_dmarc.example.com TXT \"v=DMARC1; {tags}\"",
            "example.com._report._dmarc.reports.example TXT v=DMARC1");
        Assert.Equal(findings, Codes.Of(log.Findings));
    }

    [Theory]
    [InlineData("there.example.com", DmarcPolicy.Quarantine)]
    [InlineData("gone.example.com", DmarcPolicy.Reject)]
    public async Task Subdomains_have_the_policy_for_those_that_exist_or_do_not(string domain, DmarcPolicy policy)
    {
        var (log, result) = await Check(
            domain,
            "there.example.com A 192.0.2.1",
            "_dmarc.example.com TXT \"v=DMARC1; p=none; sp=quarantine; np=reject; rua=mailto:a@example.com\"");
        Assert.Equal(policy, result.Policy);
        Assert.Equal(["Info DmarcInherited", "Ok DmarcGood"], Codes.Of(log.Findings));
    }

    [Fact]
    public async Task A_DNS_that_is_silent_is_not_a_missing_record()
    {
        var log = new AreaLog(CheckArea.Dmarc);
        await new DmarcCheck(new MemoryResolver().WithSilence("_dmarc.example.com"), log, default)
            .RunAsync(DnsName.Parse("example.com"));
        Assert.Equal(["Error CheckNotPossible"], Codes.Of(log.Findings));
        Assert.Empty(log.Suggestions);
    }

    private static async Task<(AreaLog Log, DmarcResult Result)> Check(string domain, params string[] lines)
    {
        var log = new AreaLog(CheckArea.Dmarc);
        var check = new DmarcCheck(new MemoryResolver().With(lines), log, default);
        return (log, await check.RunAsync(DnsName.Parse(domain)));
    }
}
