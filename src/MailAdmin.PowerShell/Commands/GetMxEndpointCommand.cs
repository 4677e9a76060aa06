using System.Management.Automation;
using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.Dns.Mail;
using MailAdmin.PowerShell.Hosting;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Looks up where the mail of a domain goes, and the smart host to type into a device.</summary>
/// <remarks>
/// <para>
/// All that it says comes from the DNS; no name is derived from another. For each domain there is one object with the
/// hosts in the order in which they are tried, their addresses and TLSA records, the service that they belong to and, for
/// Microsoft 365, the generation of the endpoint. SmartHost is the name for SMTP relay and Direct Send.
/// </para>
/// <para>
/// A domain without MX records whose mail goes to its own address is told apart from one that takes no mail. Warnings
/// names what is wrong: hosts without an address, aliases, filters in front of the mailboxes.
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
[Cmdlet(VerbsCommon.Get, "MxEndpoint")]
[OutputType(typeof(MxEndpoint))]
public sealed class GetMxEndpointCommand : AsyncPSCmdlet
{
    private DnsClient? _resolver;
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

    /// <summary>How many domains are looked up at once; 32 by default.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = 32;

    /// <inheritdoc/>
    protected override void Begin()
    {
        _resolver = NameServers.Open(this, DnsServer);
        _finder = new MxEndpointFinder(_resolver);
        _work = new ParallelWork<MxEndpoint>(this, "Looking up mail exchanges", ThrottleLimit);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var text in Domain)
        {
            _work!.Add(text, token => _finder!.FindAsync(DomainName.Parse(text), withTlsa: true, token));
        }
    }

    /// <inheritdoc/>
    protected override void End() => _work!.Finish();

    /// <inheritdoc/>
    protected override Task CleanUpAsync()
    {
        _resolver?.Dispose();
        _work?.Dispose();
        return Task.CompletedTask;
    }
}
