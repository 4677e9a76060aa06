using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MailAdmin.Addressing;
using MailAdmin.DomainChecks;
using MailAdmin.DomainChecks.MtaSts;
using MailAdmin.DomainChecks.Report;
using MailAdmin.Tests.DomainChecks.MtaSts;

namespace MailAdmin.Tests.DomainChecks.Report;

public sealed class HtmlReportTests
{
    private const string Attack = "<script>alert(1)</script><img src=x onerror='a'>&\\\"\\027[31m";

    [Fact]
    public async Task Escapes_what_strangers_wrote()
    {
        var html = HtmlReport.Render([await Report(
            $"example.com TXT \"v=spf1 {Attack.Replace(' ', '_')} -all\"",
            "example.com MX 10 <b>.example.com",
            "_dmarc.example.com TXT \"v=DMARC1; p=<b>; rua=mailto:<i>@x; pct=<u>&amp;\"",
            $"_smtp._tls.example.com TXT \"v=TLSRPTv1; rua={Attack}\"",
            $"s1._domainkey.example.com TXT \"v=DKIM1; k={Attack}; p=AAAA\"")]);

        Assert.DoesNotMatch("<(script|img|b|i|u)[>\\s]", html);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', html);
        string[] tags =
        [
            "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "table", "tr", "th", "td", "pre",
        ];
        Assert.All(
            Regex.Matches(html, "<(/?[a-z0-9]+)").Select(match => match.Groups[1].Value.TrimStart('/')).Distinct(),
            tag => Assert.Contains(tag, tags));
    }

    [Fact]
    public async Task Is_one_well_formed_page_that_loads_nothing()
    {
        var html = HtmlReport.Render(
            [await Report("example.com A 192.0.2.1"), await Report("bücher.example A 192.0.2.1")]);
        Assert.DoesNotMatch(
            "\\b(src|href|url|@import|javascript)\\s*[=(:]", html.Replace("default-src", "", StringComparison.Ordinal));
        Assert.Contains("@media print", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        var body = XElement.Parse(
            html[html.IndexOf("<body>", StringComparison.Ordinal)..html.IndexOf("</html>", StringComparison.Ordinal)]);
        Assert.Equal(2, body.Elements("h2").Count());
        Assert.Equal(3, body.Elements("table").First().Elements("tr").Count());
    }

    [Fact]
    public async Task Holds_every_finding_suggestion_and_record()
    {
        var report = await Report(
            "example.com MX 10 mx.example.com", "mx.example.com A 192.0.2.1", "example.com TXT \"v=spf1 mx ~all\"");
        var html = HtmlReport.Render([report]);
        Assert.NotEmpty(report.Suggestions);
        Assert.NotEmpty(report.Records);
        Assert.All(
            report.Findings,
            finding => Assert.Contains(WebUtility.HtmlEncode(finding.Message), html, StringComparison.Ordinal));
        Assert.All(
            report.Findings,
            finding => Assert.Contains(WebUtility.HtmlEncode(finding.Advice), html, StringComparison.Ordinal));
        Assert.All(
            report.Suggestions,
            one => Assert.Contains(WebUtility.HtmlEncode(one.Text), html, StringComparison.Ordinal));
        Assert.All(
            report.Records,
            one => Assert.Contains(WebUtility.HtmlEncode(one.ToString()), html, StringComparison.Ordinal));
    }

    private static Task<MailDomainReport> Report(params string[] lines) =>
        new MailDomainCheck(
            new MemoryResolver().With(lines),
            new StillPolicySource(MtaStsFetch.Status(404)),
            new MailDomainCheckOptions { Selectors = ["s1"] }).CheckAsync(DomainName.Parse("example.com"), default);
}
