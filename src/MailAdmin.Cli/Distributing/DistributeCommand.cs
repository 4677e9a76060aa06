using System.CommandLine;
using MailAdmin.Cli.Queueing;
using MailAdmin.Queueing.Distribution;
using MailAdmin.Queueing.Events;
using MailAdmin.Queueing.Notices;
using MailAdmin.Storage;

namespace MailAdmin.Cli.Distributing;

/// <summary><c>mailadmin distribute</c>: sends what is due in the queue.</summary>
internal sealed class DistributeCommand : Command
{
    /// <summary>
    /// How long it may take to end: four seconds for what is being transferred, and what writing it down needs.
    /// </summary>
    public static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(7);

    private readonly CliHost _host;
    private readonly Option<bool> _json;
    private readonly DistributeOptions _options = new();

    public DistributeCommand(CliHost host, Option<bool> json)
        : base(
            "distribute",
            "Sends what is due in the queue. Exit code: 0 when nothing is left that may go, 75 when mail waits for " +
            "another attempt, else that of what failed for good; with --continuous 0 when it is stopped.")
    {
        _host = host;
        _json = json;
        _options.AddTo(this);
        Add(json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = _options.Read(parsed);
        await using var queue = await OpenQueue.OpenAsync(_host, cancellationToken);
        var notices = await FailureNotices.ForAsync(queue.Store, _options.NotifiesSender(parsed), cancellationToken);
        using var log = _options.WritesEvents(parsed) ? SystemEventLog.Open() : null;
        var output = new DistributeOutput(_host, parsed.GetValue(_json));
        var events = log is null ? null : new EventObserver(log, output);
        var distributor = queue.Services.Distributor(_options.Policy(parsed), notices);
        DistributorSummary summary;
        ExitCode worst;
        try
        {
            summary = await distributor.RunAsync(options, events ?? (IDistributorObserver)output, cancellationToken);
            events?.OnEnd(summary);
        }
        finally
        {
            worst = await output.CompleteAsync();
        }

        var isOrdinaryEnd = _options.IsContinuous(parsed) && summary.WasStopped;
        var code = isOrdinaryEnd ? ExitCode.Ok
            : worst == ExitCode.Ok && await HasMailLeftAsync(queue.Store) ? ExitCode.TemporaryFailure
            : worst;
        output.Write(summary, code);
        return (int)code;
    }

    // What is to go at a later time only is not late. Asked of the store, as limits and closed destinations leave mail
    // that was never attempted; not to be given up, as the process is about to end anyway.
    private static async Task<bool> HasMailLeftAsync(IMailStore store)
    {
        var now = await store.NowAsync(CancellationToken.None);
        var waiting = new QueueFilter { States = [QueueItemState.Waiting] };
        await foreach (var item in store.Queue.FindAsync(waiting, CancellationToken.None))
        {
            if (item.NotBefore is null || item.NotBefore <= now)
            {
                return true;
            }
        }

        return false;
    }
}
