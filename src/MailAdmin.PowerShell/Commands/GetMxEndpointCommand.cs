using System.Management.Automation;
using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.Dns.Mail;
using MailAdmin.DomainChecks.MtaSts;
using MailAdmin.PowerShell.Hosting;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Looks up where the mail of a domain goes, and the smart host to type into a device.</summary>
/// <remarks>
/// <para>
/// Hosts come from the DNS; no name is derived from another. For each domain there is one object with the
/// hosts in the order in which they are tried, their addresses and TLSA records, the service that they belong to and,
/// for Microsoft 365, the generation of the endpoint. SmartHost is the name for SMTP relay and Direct Send.
/// </para>
/// <para>
/// A domain without MX records whose mail goes to its own address is told apart from one that takes no mail. Warnings
/// names what is wrong: hosts without an address, aliases, filters in front of the mailboxes.
/// </para>
/// <para>
/// A domain that publishes an MTA-STS policy has it fetched over HTTPS from its own web server; MtaSts says what the
/// policy asks of senders, and FitsMtaSts of each host whether the policy names it. With -DnsOnly no web server is
/// asked.
/// </para>
/// <para>
/// Many domains are looked up side by side; the results come in the order of the input. A domain that does not exist is
/// an error, and the others have their turn.
/// </para>
/// </remarks>
/// <example>
/// <para>The smart host for a printer</para>
/// <code>
/// (Get-MxEndpoint contoso.com).SmartHost
/// </code>
/// </example>
/// <example>
/// <para>Hosts and addresses</para>
/// <code>
/// Get-MxEndpoint contoso.com | Select-Object -ExpandProperty Hosts
/// </code>
/// </example>
/// <example>
/// <para>Which of many domains still have the older endpoint of Microsoft 365</para>
/// <code>
/// 'contoso.com', 'fabrikam.com' | Get-MxEndpoint | Where-Object Generation -eq 'mail.protection.outlook.com'
/// </code>
/// </example>
/// <example>
/// <para>Hosts that the domain's own MTA-STS policy shuts out</para>
/// <code>
/// Get-MxEndpoint contoso.com | ForEach-Object Hosts | Where-Object FitsMtaSts -eq $false
/// </code>
/// </example>
[Cmdlet(VerbsCommon.Get, "MxEndpoint")]
[OutputType(typeof(MxEndpoint))]
public sealed class GetMxEndpointCommand : AsyncPSCmdlet
{
    // A firewall that swallows HTTPS must not make a look-up last a minute.
    private static readonly TimeSpan PolicyPatience = TimeSpan.FromSeconds(10);

    private DnsClient? _resolver;
    private HttpsPolicySource? _policies;
    private MxPolicyCheck? _policyCheck;
    private MxEndpointFinder? _finder;
    private ParallelWork<MxEndpoint>? _work;

    /// <summary>The domains, in any script.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DomainName")]
    public string[] Domain { get; set; } = [];

    /// <summary>
    /// The DNS servers to ask, by address or name, with a port if it is not 53: 192.0.2.53, 192.0.2.53:5353. By default
    /// those of the system.
    /// </summary>
    [Parameter]
    public string[] DnsServer { get; set; } = [];

    /// <summary>Asks the DNS only, and leaves MTA-STS policies aside, which are on web servers.</summary>
    [Parameter]
    public SwitchParameter DnsOnly { get; set; }

    /// <summary>How many domains are looked up at once; 32 by default.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = 32;

    /// <inheritdoc/>
    protected override void Begin()
    {
        _resolver = NameServers.Open(this, DnsServer);
        _finder = new MxEndpointFinder(_resolver);
        if (!DnsOnly)
        {
            _policies = HttpsPolicySource.Through(DnsServer.Length > 0 ? _resolver : null, PolicyPatience);
            _policyCheck = new MxPolicyCheck(_resolver, _policies);
        }

        _work = new ParallelWork<MxEndpoint>(this, "Looking up mail exchanges", ThrottleLimit);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var text in Domain)
        {
            _work!.Add(text, token => FindAsync(text, token));
        }
    }

    /// <inheritdoc/>
    protected override void End() => _work!.Finish();

    /// <inheritdoc/>
    protected override Task CleanUpAsync()
    {
        _resolver?.Dispose();
        _policies?.Dispose();
        _work?.Dispose();
        return Task.CompletedTask;
    }

    private async Task<MxEndpoint> FindAsync(string domain, CancellationToken cancellationToken)
    {
        var endpoint = await _finder!.FindAsync(DomainName.Parse(domain), withTlsa: true, cancellationToken)
            .ConfigureAwait(false);
        return _policyCheck is null
            ? endpoint
            : await _policyCheck.CheckAsync(endpoint, cancellationToken).ConfigureAwait(false);
    }
}
