using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.Dns.Server;
using MailAdmin.DomainChecks;
using MailAdmin.DomainChecks.Dmarc;
using MailAdmin.DomainChecks.Dnsbl;
using MailAdmin.DomainChecks.MtaSts;
using MailAdmin.DomainChecks.Spf;
using MailAdmin.Tests.DomainChecks.MtaSts;

namespace MailAdmin.Tests.DomainChecks;

/// <summary>The whole check, over real packets from the embedded DNS server.</summary>
public sealed class MailDomainCheckTests : IAsyncLifetime
{
    private const string Sha256 = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855";

    private static readonly string Key = NewKey();

    private static readonly MailDomainCheckOptions Options = new()
    {
        SendingAddresses = [IPAddress.Parse("192.0.2.25"), IPAddress.Parse("2001:db8::25")],
        BlockLists = new DnsblCatalog
        {
            AsOf = new DateOnly(2026, 11, 22),
            Zones = [new DnsblZone("bl.example", true, true, [], "https://bl.example/")],
        },
    };

    private static readonly string[] Zone =
    [
        "good.example MX 0 good-example.mail.protection.outlook.com",
        "good-example.mail.protection.outlook.com A 192.0.2.9",
        "good.example TXT \"v=spf1 include:spf.protection.outlook.com ip4:192.0.2.0/28 ip4:192.0.2.25 " +
            "ip6:2001:db8::/64 -all\"",
        "spf.protection.outlook.com TXT \"v=spf1 ip4:198.51.100.0/24 -all\"",
        "selector1._domainkey.good.example CNAME selector1-good._domainkey.good.onmicrosoft.com",
        $"selector1-good._domainkey.good.onmicrosoft.com TXT \"v=DKIM1; k=rsa; p={Key}\"",
        "_dmarc.good.example TXT \"v=DMARC1; p=reject; rua=mailto:dmarc@good.example\"",
        "_mta-sts.good.example TXT \"v=STSv1; id=1\"",
        "_smtp._tls.good.example TXT \"v=TLSRPTv1; rua=mailto:tls@good.example\"",
        $"_25._tcp.good-example.mail.protection.outlook.com TLSA 3 1 1 {Sha256}",
        "bad.example TXT \"v=spf1 include:gone.example ip4:203.0.113.1 +all\"",
        "bad.example MX 10 gone.bad.example",
        "25.2.0.192.bl.example A 127.0.0.2",
    ];

    private readonly DnsTestServer _server = DnsTestServer.Start(new DnsTestZone(Zone));

    private readonly IMtaStsPolicySource _web = new StillPolicySource(
        MtaStsFetch.Found("version: STSv1\nmode: enforce\nmx: *.mail.protection.outlook.com\nmax_age: 604800\n"));

    public Task InitializeAsync()
    {
        _server.AuthenticatesData = true;
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData("good.example")]
    [InlineData(" bücher.example ")]
    [InlineData("good.example.")]
    public void Takes_names_of_domains(string text) => Assert.False(MailDomainCheck.ParseDomain(text).IsLiteral);

    [Theory]
    [InlineData("")]
    [InlineData("no domain")]
    [InlineData("anna@good.example")]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1")]
    [InlineData("[192.0.2.1]")]
    [InlineData("a..b")]
    [InlineData("a\u001b[31m.example")]
    public void Refuses_what_is_no_domain(string text)
    {
        var failure = Assert.Throws<MailDomainCheckException>(() => MailDomainCheck.ParseDomain(text));
        Assert.Equal("InvalidDomain", failure.ErrorId);
        Assert.DoesNotContain('\u001b', failure.Message);
    }

    [Fact]
    public async Task Tells_a_DNS_that_answers_nothing_from_a_domain_that_has_nothing()
    {
        using var client = Client();
        var nothing = await new MailDomainCheck(client, _web, Options)
            .CheckAsync(DomainName.Parse("none.example"), default);
        Assert.True(nothing.IsConclusive);

        _server.Add(new DnsFault(DnsFaultKind.Error));
        using var other = Client();
        var unknown = await new MailDomainCheck(other, _web, Options)
            .CheckAsync(DomainName.Parse("good.example"), default);
        Assert.False(unknown.IsConclusive);
        Assert.Equal(FindingSeverity.Error, unknown.Severity);
    }

    [Fact]
    public async Task Words_its_findings_in_another_language()
    {
        using var client = Client();
        var report = await new MailDomainCheck(client, _web, Options)
            .CheckAsync(DomainName.Parse("bad.example"), default);
        var japanese = report.In(PhraseBook.Japanese);
        Assert.Equal(report.Findings.Select(one => one.Code), japanese.Findings.Select(one => one.Code));
        Assert.All(japanese.Findings, one => Assert.Matches("[\\u3040-\\u30ff]", one.Message));
    }

    [Fact]
    public async Task A_domain_that_is_set_up_right_has_nothing_worse_than_its_block_list()
    {
        using var client = Client();
        var report = await new MailDomainCheck(client, _web, Options with { ExpectedProvider = "microsoft365" })
            .CheckAsync(DomainName.Parse("good.example"), default);

        Assert.Equal(
            ["DnsblListed"], report.Findings.Where(f => f.Severity > FindingSeverity.Info).Select(f => f.Code));
        foreach (var area in Enum.GetValues<CheckArea>().Except([CheckArea.Dnsbl]))
        {
            Assert.Equal(FindingSeverity.Ok, report.SeverityOf(area));
        }

        Assert.Equal(FindingSeverity.Error, report.SeverityOf(CheckArea.Dnsbl));
        Assert.Equal([SpfVerdict.Pass, SpfVerdict.Pass], report.SpfResults.Select(result => result.Verdict));
        Assert.Equal("good.example: ip4:192.0.2.25", report.SpfResults[0].Term);
        Assert.Equal("spf.protection.outlook.com", report.SpfTree?.Children.Single().Domain);
        Assert.Equal(DmarcPolicy.Reject, report.Dmarc?.Policy);
        Assert.Equal(2048, report.DkimSelectors.Single().Key?.Bits);
        Assert.Equal(MtaStsMode.Enforce, report.MtaSts?.Mode);
        Assert.True(report.DaneHosts.Single().IsActive);
        Assert.Equal(
            [DnsblVerdict.Listed, DnsblVerdict.NotListed], report.DnsblAnswers.Select(answer => answer.Verdict));
        Assert.Empty(report.Suggestions);
        Assert.Contains(report.Records, record => record.ToString().Contains("TLSA 3 1 1", StringComparison.Ordinal));
        Codes.Of(report.Findings);
    }

    [Fact]
    public async Task A_domain_that_is_set_up_wrong_gets_the_records_to_publish()
    {
        using var client = Client();
        var report = await new MailDomainCheck(client, _web, Options with { ExpectedProvider = "Microsoft365" })
            .CheckAsync(DomainName.Parse("bad.example"), default);

        Assert.Equal(
            [
                "Error MxDangling", "Warning MxOtherProvider",
                "Error SpfTreeFault", "Ok SpfLookupsGood", "Error SpfEndPass",
                "Error SpfAddressError", "Error SpfAddressError", "Error SpfProviderMissing",
                "Warning DkimNothingGuessed",
                "Error DmarcMissing",
                "Info MtaStsMissing",
                "Info TlsRptMissing",
                "Info DaneMissing",
                "Error DnsblListed", "Ok DnsblClean",
            ],
            Codes.Of(report.Findings));
        Assert.Equal(FindingSeverity.Error, report.Severity);
        Assert.Equal(
            "v=spf1 include:gone.example ip4:203.0.113.1 include:spf.protection.outlook.com +all",
            report.Suggestions.Single(suggestion => suggestion.Area == CheckArea.Spf).Text);
        Assert.Equal(
            [CheckArea.Spf, CheckArea.Dmarc, CheckArea.MtaSts, CheckArea.MtaSts, CheckArea.TlsRpt],
            report.Suggestions.Select(suggestion => suggestion.Area));
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_checked()
    {
        using var client = Client();
        var report = await new MailDomainCheck(client, _web, Options with { Areas = [CheckArea.TlsRpt] })
            .CheckAsync(DomainName.Parse("good.example"), default);
        Assert.Equal(["Ok TlsRptGood"], Codes.Of(report.Findings));
    }

    [Fact]
    public async Task A_DNS_that_is_silent_ends_with_the_time_that_is_allowed()
    {
        _server.Add(new DnsFault(DnsFaultKind.Drop));
        using var client = Client(TimeSpan.FromMinutes(5));
        var watch = Stopwatch.StartNew();
        var report = await new MailDomainCheck(client, _web, Options with { Timeout = TimeSpan.FromMilliseconds(300) })
            .CheckAsync(DomainName.Parse("good.example"), default);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Contains("Error CheckTimedOut", Codes.Of(report.Findings));
        Assert.Equal(FindingSeverity.Error, report.SeverityOf(CheckArea.Mx));
    }

    [Fact]
    public async Task Checks_many_domains_a_few_at_a_time()
    {
        using var client = Client();
        var domains = Enumerable.Range(0, 200)
            .Select(i => DomainName.Parse(i % 2 == 0 ? "good.example" : $"d{i}.example"))
            .ToList();
        var check = new MailDomainCheck(client, _web, Options with { MaxParallel = 8 });
        List<string> seen = [];
        await foreach (var report in check.CheckManyAsync(domains, default))
        {
            seen.Add(report.Domain.Ascii);
        }

        Assert.Equal(domains.Select(domain => domain.Ascii).Order(), seen.Order());
    }

    [Fact]
    public async Task Stops_when_nobody_wants_more()
    {
        using var client = Client();
        using var stop = new CancellationTokenSource();
        var check = new MailDomainCheck(client, _web, Options);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (
                var _ in check.CheckManyAsync(Enumerable.Repeat(DomainName.Parse("good.example"), 100_000), stop.Token))
            {
                await stop.CancelAsync();
            }
        });
        var seen = 0;
        await foreach (
            var _ in check.CheckManyAsync(Enumerable.Repeat(DomainName.Parse("good.example"), 100_000), default))
        {
            if (++seen == 3)
            {
                break;
            }
        }
    }

    [Fact]
    public async Task Says_what_cannot_be_checked()
    {
        using var client = Client();
        var report = await new MailDomainCheck(client, _web).CheckAsync(DomainName.Parse("[192.0.2.1]"), default);
        Assert.Equal(["Error DomainIsLiteral"], Codes.Of(report.Findings));
        var exception = Assert.Throws<MailDomainCheckException>(
            () => new MailDomainCheck(client, _web, Options with { ExpectedProvider = "Nobody" }));
        Assert.Contains("Microsoft365", exception.RecommendedAction, StringComparison.Ordinal);
    }

    private static string NewKey()
    {
        using var rsa = RSA.Create(2048);
        return Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo());
    }

    private DnsClient Client(TimeSpan? timeout = null) =>
        new(new DnsClientOptions { Servers = [_server.EndPoint], Timeout = timeout ?? TimeSpan.FromSeconds(30) });
}
