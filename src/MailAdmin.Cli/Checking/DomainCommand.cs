using System.CommandLine;
using MailAdmin.Cli.Output;
using MailAdmin.Dns;
using MailAdmin.DomainChecks;
using MailAdmin.DomainChecks.MtaSts;
using MailAdmin.DomainChecks.Report;
using MailAdmin.Transports;

namespace MailAdmin.Cli.Checking;

/// <summary><c>mailadmin domain</c>: whether mail domains are set up right, and what to publish.</summary>
internal sealed class DomainCommand : Command
{
    private readonly CliHost _host;
    private readonly Option<bool> _json;
    private readonly DnsOptions _dns = new();
    private readonly DomainOptions _options = new();

    private readonly Argument<string[]> _domains = new("DOMAIN")
    {
        Description = "The domains.", Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _noConnect = new("--no-connect")
    {
        Description = "Open no connection to mail hosts; by default those with TLSA records show their certificates.",
    };

    private readonly Option<string?> _report = new("--report")
    {
        HelpName = "FILE", Description = "Write one HTML page about all domains.",
    };

    private readonly Option<string?> _culture = new("--culture")
    {
        HelpName = "NAME", Description = "The language of the findings, en-US or ja-JP; by default the system's.",
    };

    public DomainCommand(CliHost host, Option<bool> json)
        : base(
            "domain",
            "Checks MX, SPF, DKIM, DMARC, MTA-STS, TLS-RPT, DANE and block lists, and shows what to publish. " +
            "Exit code: 0 when nothing is wrong, 65 when there is an error in a domain, 69 when the DNS did not " +
            "answer.")
    {
        _host = host;
        _json = json;
        Add(_domains);
        _options.AddTo(this);
        _dns.AddTo(this);
        Add(_noConnect);
        Add(_report);
        Add(_culture);
        Add(json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var domains = parsed.GetValue(_domains)!.Select(MailDomainCheck.ParseDomain).Distinct().ToList();
        var book = PhraseBook.For(parsed.GetValue(_culture));
        using var resolver = await _dns.OpenAsync(parsed, cancellationToken);
        using var policies = HttpsPolicySource.Through(_dns.IsGiven(parsed) ? resolver : null);
        var check = new MailDomainCheck(
            resolver, policies, _options.Read(parsed), _host.Time, Certificates(parsed, resolver));
        List<MailDomainReport> reports = [];
        await foreach (var found in check.CheckManyAsync(domains, cancellationToken))
        {
            var report = found.In(book);
            reports.Add(report);
            Write(report, parsed.GetValue(_json));
        }

        if (parsed.GetValue(_report) is { } path)
        {
            WritePage(path, [.. reports.OrderBy(report => domains.IndexOf(report.Domain))], book);
        }

        return (int)ExitCodes.Of(reports);
    }

    private SmtpHostCertificates? Certificates(ParseResult parsed, DnsClient resolver) =>
        parsed.GetValue(_noConnect) ? null : new SmtpHostCertificates(_dns.Dialer(parsed, resolver));

    private void Write(MailDomainReport report, bool asJson)
    {
        if (asJson)
        {
            JsonOutput.Write(_host.Output, DomainJson.Of(report));
            return;
        }

        foreach (var line in DomainText.Lines(report))
        {
            _host.Output.WriteLine(Plain.Line(line));
        }

        _host.Output.Flush();
    }

    private static void WritePage(string path, IReadOnlyList<MailDomainReport> reports, PhraseBook book)
    {
        try
        {
            File.WriteAllText(path, HtmlReport.Render(reports, book));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw CliException.Uncreatable(path, "report", cause);
        }
    }
}
