using System.Globalization;
using MailAdmin.Dns.Records;

namespace MailAdmin.DomainChecks.Report;

/// <summary>
/// Writes reports as one HTML page: no scripts, nothing from elsewhere, and readable on paper without colour.
/// </summary>
public static class HtmlReport
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'";

    // Colours repeat what words say; backgrounds are not printed.
    private const string Style = """
        body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:62rem;padding:0 1rem}
        body{color:#1b1b1b;background:#fff}h1{font-size:1.6rem}h3{font-size:1.05rem;margin-bottom:.3rem}
        h2{font-size:1.3rem;border-bottom:2px solid #1b1b1b;margin-top:2.5rem}
        table{border-collapse:collapse;width:100%}
        th,td{border:1px solid #999;padding:.3rem .5rem;text-align:left;vertical-align:top}
        pre{border:1px solid #999;padding:.5rem;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem}
        td{overflow-wrap:anywhere}.domain{min-width:12rem}th{font-size:.85rem}.advice{margin:.2rem 0 0}.severity{white-space:nowrap;font-weight:600;width:6rem}
        .Ok{color:#0a6b2d}.Info{color:#174ea6}.Warning{color:#8a5200}.Error{color:#b00020}
        @media print{body{margin:0;max-width:none;font-size:10pt}tr,pre{break-inside:avoid}h3{break-after:avoid}
        h2{break-before:page}h2:first-of-type{break-before:auto}}
        """;

    /// <summary>Writes the page.</summary>
    /// <param name="reports">The domains, in the order in which they are to stand.</param>
    /// <param name="book">The language; null for English.</param>
    public static string Render(IReadOnlyList<MailDomainReport> reports, PhraseBook? book = null)
    {
        ArgumentNullException.ThrowIfNull(reports);
        book ??= PhraseBook.English;
        var title = book.Text(new Phrase("ReportTitle"));
        var html = new HtmlText()
            .Markup("<!DOCTYPE html>\n")
            .Markup($"<html lang=\"{book.Culture}\"><head><meta charset=\"utf-8\">\n")
            .Markup($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">\n")
            .Markup("<meta name=\"viewport\" content=\"width=device-width\">\n")
            .Element("title", title)
            .Markup($"<style>{Style}</style></head><body>\n")
            .Element("h1", title);
        Summary(html, reports, book);
        foreach (var report in reports)
        {
            Domain(html, report, book);
        }

        return html.Markup("</body></html>\n").ToString();
    }

    private static void Summary(HtmlText html, IReadOnlyList<MailDomainReport> reports, PhraseBook book)
    {
        var areas = Enum.GetValues<CheckArea>();
        html.Open("table").Open("tr").Element("th", book.Text(new Phrase("ReportDomain")));
        foreach (var area in areas)
        {
            html.Element("th", book.Text(ReportWords.Of(area)));
        }

        html.Close("tr");
        foreach (var report in reports)
        {
            html.Open("tr").Element("td", report.Domain.Unicode, "domain");
            foreach (var area in areas)
            {
                var severity = report.SeverityOf(area);
                html.Element(
                    "td",
                    severity is null ? "–" : book.Text(ReportWords.Of(severity.Value)),
                    severity?.ToString() ?? "");
            }

            html.Close("tr");
        }

        html.Close("table");
    }

    private static void Domain(HtmlText html, MailDomainReport report, PhraseBook book)
    {
        var name = report.Domain.Unicode == report.Domain.Ascii
            ? report.Domain.Ascii
            : $"{report.Domain.Unicode} ({report.Domain.Ascii})";
        var time = report.CheckedAt.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        html.Element("h2", name).Element("p", book.Text(new Phrase("ReportChecked", time)));
        foreach (var area in report.Findings.GroupBy(finding => finding.Area))
        {
            html.Element("h3", book.Text(ReportWords.Of(area.Key))).Open("table");
            foreach (var finding in area.OrderByDescending(finding => finding.Severity))
            {
                Row(html, finding, book);
            }

            html.Close("table");
        }

        foreach (var suggestion in report.Suggestions)
        {
            html.Element("h3", book.Text(new Phrase("ReportPublish", suggestion.Kind, suggestion.Place)))
                .Element("pre", suggestion.Text);
        }

        Records(html, report.Records, book);
    }

    private static void Row(HtmlText html, Finding finding, PhraseBook book)
    {
        var severity = finding.Severity.ToString();
        html.Open("tr").Element("td", book.Text(ReportWords.Of(finding.Severity)), $"severity {severity}");
        html.Open("td").Text(book.Text(finding.Phrase));
        var advice = book.Advice(finding.Phrase);
        if (advice.Length > 0)
        {
            html.Element("p", advice, "advice");
        }

        html.Close("td").Close("tr");
    }

    private static void Records(HtmlText html, IReadOnlyList<DnsRecord> records, PhraseBook book)
    {
        if (records.Count == 0)
        {
            return;
        }

        html.Element("h3", book.Text(new Phrase("ReportRecords"))).Open("pre");
        foreach (var record in records)
        {
            html.Text($"{record}\n");
        }

        html.Close("pre");
    }
}
