using System.Management.Automation;
using MailAdmin.Dns;
using MailAdmin.Net;
using MailAdmin.Probes;
using MailAdmin.Transports;

namespace MailAdmin.PowerShell.Hosting;

/// <summary>The base of the cmdlets that test servers: several at a time, one result for each.</summary>
public abstract class ProbeCmdlet : AsyncPSCmdlet, IDynamicParameters
{
    private const int AtOnce = 8;

    private readonly ServerInputParameters _route = new();
    private readonly Lazy<DnsClient> _dns = new(() => new DnsClient(ProbePatience.Dns));

    private ParallelWork<ProbeResult>? _work;
    private ITranscript? _transcript;

    /// <summary>Keeps the conversation with the server in the result, secrets masked.</summary>
    [Parameter]
    public SwitchParameter Transcript { get; set; }

    /// <summary>
    /// The DNS that -DnsServer names, or the system's, with little patience: what it adds to a test is a side matter.
    /// </summary>
    private protected IDnsResolver Names => _route.NamedServers ?? _dns.Value;

    /// <summary>Looks hosts up at -DnsServer; null for the system's way.</summary>
    private protected HostResolver? Hosts =>
        _route.NamedServers is { } servers ? new HostAddressLookup(servers).FindAsync : null;

    /// <inheritdoc/>
    public object GetDynamicParameters() => _route;

    /// <summary>
    /// Makes the test of one server from the parameters as they are now; it runs when they may have changed already.
    /// </summary>
    private protected abstract Func<ITranscript?, CancellationToken, Task<ProbeResult>> Prepare(SmtpRoute route);

    /// <inheritdoc/>
    protected override void Begin()
    {
        _transcript = IsVerbose ? new VerboseTranscript(this) : null;
        _work = new ParallelWork<ProbeResult>(this, "Testing", AtOnce);
    }

    /// <inheritdoc/>
    protected override void Process() => Attempt(_route.Server ?? _route.Domain, () =>
    {
        var route = _route.ToSmtpRoute(this);
        if (_route.Timeout is null)
        {
            route = ProbePatience.Apply(route);
        }

        var probe = Prepare(route);
        _work!.Add(route.Server, token => RunAsync(probe, token));
    });

    /// <inheritdoc/>
    protected override void End() => _work!.Finish();

    /// <inheritdoc/>
    protected override Task CleanUpAsync()
    {
        _work?.Dispose();
        _route.Dispose();
        if (_dns.IsValueCreated)
        {
            _dns.Value.Dispose();
        }

        return Task.CompletedTask;
    }

    private async Task<ProbeResult> RunAsync(
        Func<ITranscript?, CancellationToken, Task<ProbeResult>> probe, CancellationToken cancellationToken)
    {
        var result = await probe(_transcript, cancellationToken).ConfigureAwait(false);
        return Transcript ? result : result with { Transcript = [] };
    }
}
