using System.Threading.Channels;
using MailAdmin.Cli.Output;
using MailAdmin.Cli.Parsing;
using MailAdmin.Queueing.Distribution;
using MailAdmin.Storage;

namespace MailAdmin.Cli.Distributing;

/// <summary>
/// Writes what a distributor does: a line or an object for each message. It writes on its own, as a reader that is slow
/// must not hold the mail up.
/// </summary>
internal sealed class DistributeOutput : IDistributorObserver
{
    private readonly CliHost _host;
    private readonly bool _asJson;
    private readonly Channel<Action> _toWrite = Channel.CreateUnbounded<Action>(new() { SingleReader = true });
    private readonly Task _writing;
    private ExitCode _worst = ExitCode.Ok;

    public DistributeOutput(CliHost host, bool asJson)
    {
        _host = host;
        _asJson = asJson;
        _writing = WriteAsync();
    }

    public void OnItem(DistributedItem item) => _toWrite.Writer.TryWrite(() => Write(item));

    public void OnDestinationClosed(DestinationState state) => _toWrite.Writer.TryWrite(() =>
    {
        var until = state.NotBefore is { } time ? $" until {Moment.Show(time, _host.Time)}" : "";
        ReportText.WriteWarnings(_host.Error, [$"Mail for {state.Destination} waits{until}: {state.Error}"]);
    });

    public void OnUpkeepFailed(StoreException failure) => _toWrite.Writer.TryWrite(() => ReportText.WriteWarnings(
        _host.Error, [$"Old messages and history were not removed from the store: {failure.Message}"]));

    public void OnProgress(int done, int inWork)
    {
        // A line for each message says as much.
    }

    /// <summary>Waits until all is written, and says what the messages that failed have earned.</summary>
    public async Task<ExitCode> CompleteAsync()
    {
        _toWrite.Writer.Complete();
        await _writing;
        return _worst;
    }

    public void Write(DistributorSummary summary, ExitCode code)
    {
        if (_asJson)
        {
            JsonOutput.Write(_host.Output, DistributorSummaryJson.Of(summary, code));
        }
        else
        {
            _host.Output.WriteLine(DistributorText.Summary(summary));
        }
    }

    private void Write(DistributedItem item)
    {
        _worst = ExitCodes.Worse(_worst, ExitCodes.Of(item));
        if (_asJson)
        {
            JsonOutput.Write(_host.Output, DistributedJson.Of(item));
            return;
        }

        _host.Output.WriteLine(DistributorText.Line(item, _host.Time));
        _host.Output.Flush();
    }

    private async Task WriteAsync()
    {
        await foreach (var write in _toWrite.Reader.ReadAllAsync())
        {
            write();
        }
    }
}
