using System.Net;
using MailAdmin.DomainChecks;
using MailAdmin.DomainChecks.Dnsbl;

namespace MailAdmin.Tests.DomainChecks.Dnsbl;

public sealed class DnsblCheckTests
{
    private static readonly DnsblCatalog Lists = new()
    {
        AsOf = new DateOnly(2026, 11, 22),
        Zones = [new DnsblZone("bl.example", true, true, [new DnsblCode("127.0.0.2", "SBL")], "https://bl.example/")],
    };

    [Theory]
    [InlineData("192.0.2.99", "99.2.0.192.bl.example")]
    [InlineData("127.0.0.1", "1.0.0.127.bl.example")]
    [InlineData(
        "2001:db8:1:2:3:4:567:89ab",
        "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.bl.example")]
    [InlineData("::ffff:7f00:1", "1.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.bl.example")]
    public void Asks_as_the_standard_says(string address, string name) =>
        Assert.Equal(name, DnsblCheck.NameFor(IPAddress.Parse(address), "bl.example").ToString(), ignoreCase: true);

    [Theory]
    [InlineData(DnsblVerdict.NotListed, "Ok DnsblClean", "other.example A 192.0.2.1")]
    [InlineData(DnsblVerdict.Listed, "Error DnsblListed", "99.2.0.192.bl.example A 127.0.0.2")]
    [InlineData(DnsblVerdict.QueryRefused, "Info DnsblRefused", "99.2.0.192.bl.example A 127.255.255.254")]
    [InlineData(DnsblVerdict.Unusable, "Info DnsblUnusable", "99.2.0.192.bl.example A 203.0.113.5")]
    [InlineData(
        DnsblVerdict.Unusable,
        "Info DnsblUnusable",
        "99.2.0.192.bl.example A 127.0.0.2",
        "1.0.0.127.bl.example A 127.0.0.2")]
    public async Task Tells_answers_apart(DnsblVerdict verdict, string finding, params string[] lines)
    {
        var (log, answers) = await Check(new MemoryResolver().With(lines), "192.0.2.99");
        Assert.Equal(verdict, answers.Single().Verdict);
        Assert.Equal(finding, Codes.Of(log.Findings)[0]);
    }

    [Fact]
    public async Task Gives_the_words_of_the_list()
    {
        var zone = new MemoryResolver().With(
            "99.2.0.192.bl.example A 127.0.0.2",
            "99.2.0.192.bl.example TXT \"see https://bl.example/99\"");
        var (log, answers) = await Check(zone, "::ffff:192.0.2.99");
        Assert.Equal(["SBL"], answers.Single().Codes);
        Assert.Equal("see https://bl.example/99", answers.Single().Reason);
        Assert.Contains("bl.example (SBL). see", log.Findings.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_silent_says_nothing()
    {
        var (log, answers) = await Check(new MemoryResolver().WithSilence("99.2.0.192.bl.example"), "192.0.2.99");
        Assert.Equal(DnsblVerdict.NotReached, answers.Single().Verdict);
        Assert.Equal(["Info DnsblNotReached", "Info DnsblNobodyAnswered"], Codes.Of(log.Findings));
    }

    [Fact]
    public void The_built_in_lists_are_complete()
    {
        Assert.All(
            DnsblCatalog.BuiltIn.Zones,
            zone => Assert.True(zone.IPv4 && zone.Removal.StartsWith("https://", StringComparison.Ordinal)));
        Assert.Contains(DnsblCatalog.BuiltIn.Zones, zone => zone.IPv6 && zone.Codes.Count > 0);
        Assert.True(DnsblCatalog.BuiltIn.AsOf.Year >= 2026);
    }

    private static async Task<(AreaLog Log, IReadOnlyList<DnsblAnswer> Answers)> Check(
        MemoryResolver zone, string address)
    {
        var log = new AreaLog(CheckArea.Dnsbl);
        return (log, await new DnsblCheck(zone, Lists, log, default).RunAsync([IPAddress.Parse(address)]));
    }
}
