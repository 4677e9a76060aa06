using System.Globalization;
using System.Management.Automation;
using System.Net;
using MailAdmin.Dns;
using MailAdmin.DomainChecks;
using MailAdmin.DomainChecks.MtaSts;
using MailAdmin.DomainChecks.Report;
using MailAdmin.Net;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Domains;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.Transports;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Checks whether mail domains are set up right, and says what to publish.</summary>
/// <remarks>
/// <para>
/// It looks at the mail exchanges, SPF, DKIM, DMARC, MTA-STS, TLS-RPT, DANE and block lists, in the DNS and at the web
/// server of the MTA-STS policy. No mail is sent, and nothing is changed. Findings say how much they matter, what is
/// wrong and what to do; suggestions hold records to publish as they stand.
/// </para>
/// <para>
/// Mail hosts that have TLSA records are asked for their certificates at port 25, as other mail servers do, unless
/// -NoConnect is given. Where a firewall blocks that port, the report says that they could not be compared, and no
/// more.
/// </para>
/// <para>
/// Many domains are checked at once; each report comes out when it is ready, so their order may differ from that of the
/// input. What the DNS does not answer is a finding. When it answers nothing at all, that is an error as well.
/// </para>
/// </remarks>
/// <example>
/// <para>Check a domain and read what was found</para>
/// <code>
/// $report = Test-MailDomain example.com
/// $report.Findings | Format-Table -Wrap
/// $report.Suggestions | Format-List
/// </code>
/// </example>
/// <example>
/// <para>Does SPF cover the address of the new server, and does any block list name it?</para>
/// <code>
/// Test-MailDomain example.com -SendingAddress 192.0.2.25 -Area Spf, Dnsbl | ForEach-Object Findings
/// </code>
/// </example>
/// <example>
/// <para>Check all domains of a list; write one page for the files, and show those with errors</para>
/// <code>
/// Import-Csv ./domains.csv | Test-MailDomain -ReportPath ./domains.html | Where-Object Severity -eq Error
/// </code>
/// <para>The list has a column named Domain. The page is one file that needs nothing else, and can be printed.</para>
/// </example>
/// <example>
/// <para>Ask a certain DNS server, before the records are known to all</para>
/// <code>
/// Test-MailDomain example.com -DnsServer ns1.example.com -ExpectedProvider Microsoft365 -Culture ja-JP
/// </code>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "MailDomain", SupportsShouldProcess = true)]
[OutputType(typeof(MailDomainReport))]
public sealed class TestMailDomainCommand : AsyncPSCmdlet
{
    private readonly List<(string Typed, MailDomainReport Report)> _reports = [];
    private readonly List<string> _typed = [];
    private HttpsPolicySource? _policies;
    private PhraseBook? _book;
    private DnsClient? _resolver;
    private MailDomainCheck? _check;
    private ParallelWork<MailDomainReport>? _work;

    /// <summary>The domains, such as example.com; names in any script may be written as people read them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DomainName")]
    public string[] Domain { get; set; } = [];

    /// <summary>
    /// The addresses that the mail of the domains comes from: SPF must cover them, block lists must not name them.
    /// </summary>
    [Parameter]
    [Alias("IPAddress")]
    public IPAddress[] SendingAddress { get; set; } = [];

    /// <summary>
    /// The DKIM selectors, as behind s= in the DKIM-Signature header. Without them, those of the mail service and
    /// common ones are looked at, and it is no fault if none is found.
    /// </summary>
    [Parameter]
    public string[] Selector { get; set; } = [];

    /// <summary>The mail service that the domains should use, such as Microsoft365; any by default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MailProviderCompleter))]
    public string? ExpectedProvider { get; set; }

    /// <summary>What to check; all by default.</summary>
    [Parameter]
    public CheckArea[] Area { get; set; } = [];

    /// <summary>
    /// The DNS servers to ask, in order: an address or a name, with :port if it is not 53. By default those of this
    /// machine.
    /// </summary>
    [Parameter]
    public string[] DnsServer { get; set; } = [];

    /// <summary>
    /// Opens no connection to mail hosts. By default those with TLSA records are asked at port 25 for their
    /// certificates, which are compared.
    /// </summary>
    [Parameter]
    public SwitchParameter NoConnect { get; set; }

    /// <summary>How long one domain may take: seconds, or a TimeSpan; two minutes by default.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? Timeout { get; set; }

    /// <summary>How many domains are checked at once; 16 by default.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int? ThrottleLimit { get; set; }

    /// <summary>A file to write one HTML page about all domains to; a file that is there is replaced.</summary>
    [Parameter]
    public string? ReportPath { get; set; }

    /// <summary>The language of findings and page: en-US or ja-JP; by default that of the session.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CultureCompleter))]
    public string? Culture { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        var options = new MailDomainCheckOptions
        {
            SendingAddresses = SendingAddress,
            Selectors = Selector,
            ExpectedProvider = ExpectedProvider,
        };
        options = options with
        {
            Areas = Area.Length == 0 ? options.Areas : Area,
            Timeout = Timeout ?? options.Timeout,
            MaxParallel = ThrottleLimit ?? options.MaxParallel,
        };
        _book = PhraseBook.For(Culture ?? CultureInfo.CurrentUICulture.Name);
        _resolver = NameServers.Open(this, DnsServer);
        _policies = HttpsPolicySource.Through(DnsServer.Length > 0 ? _resolver : null);
        var dialer = DnsServer.Length > 0 ? new TcpDialer(new HostAddressLookup(_resolver).FindAsync) : new TcpDialer();
        _check = new MailDomainCheck(
            _resolver, _policies, options, certificates: NoConnect ? null : new SmtpHostCertificates(dialer));
        _work = new ParallelWork<MailDomainReport>(this, "Checking mail domains", options.MaxParallel, Output)
        {
            AsReady = true,
        };
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var typed in Domain)
        {
            Attempt(typed, () =>
            {
                var domain = MailDomainCheck.ParseDomain(typed);
                _work!.Add(typed, token => _check!.CheckAsync(domain, token));
                _typed.Add(typed);
            });
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        _work!.Finish();
        if (ReportPath is not null && _reports.Count > 0)
        {
            WriteReport(FilePaths.Full(SessionState, ReportPath));
        }
    }

    /// <inheritdoc/>
    protected override Task CleanUpAsync()
    {
        _resolver?.Dispose();
        _policies?.Dispose();
        _work?.Dispose();
        return Task.CompletedTask;
    }

    private void Output(string typed, MailDomainReport found)
    {
        var report = found.In(_book!);
        _reports.Add((typed, report));
        WriteObject(report);
        if (!report.IsConclusive)
        {
            WriteError(ErrorRecords.From(new DomainNotCheckedException(report), typed));
        }
    }

    private void WriteReport(string path)
    {
        if (!ShouldProcess(path, "Write the report"))
        {
            return;
        }

        var inOrder = _reports.OrderBy(one => _typed.IndexOf(one.Typed)).Select(one => one.Report).ToList();
        try
        {
            File.WriteAllText(path, HtmlReport.Render(inOrder, _book));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                "ReportNotWritable",
                $"The report cannot be written: {cause.Message}",
                "Check -ReportPath, and the permissions of the file and its folder.",
                MailErrorKind.NotFound,
                cause);
        }
    }
}
