using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.Queueing.Distribution;
using MailAdmin.Storage;

namespace MailAdmin.PowerShell.Queueing;

/// <summary>Puts out what a distributor does: results, warnings and a progress bar.</summary>
internal sealed class DistributorOutput(AsyncPSCmdlet cmdlet) : IDistributorObserver
{
    private const int ProgressId = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly object _lock = new();
    private readonly Stopwatch _sinceProgress = Stopwatch.StartNew();
    private bool _isShown;

    /// <inheritdoc/>
    public void OnItem(DistributedItem item) => cmdlet.Post(() => cmdlet.WriteObject(new DistributedMail(item)));

    /// <inheritdoc/>
    public void OnDestinationClosed(DestinationState state) => cmdlet.Post(() => cmdlet.WriteWarning(string.Create(
        CultureInfo.CurrentCulture,
        $"Mail for {state.Destination} waits until {state.NotBefore?.LocalDateTime:T}: {state.Error}")));

    /// <inheritdoc/>
    public void OnUpkeepFailed(StoreException failure) => cmdlet.Post(() => cmdlet.WriteWarning(
        $"Old messages and history were not removed from the store: {failure.Message}"));

    /// <inheritdoc/>
    public void OnProgress(int done, int inWork)
    {
        lock (_lock)
        {
            if (_sinceProgress.Elapsed < Pause)
            {
                return;
            }

            _sinceProgress.Restart();
        }

        var count = string.Create(CultureInfo.CurrentCulture, $"{done} done, {inWork} in work");
        cmdlet.Post(() =>
        {
            _isShown = true;
            cmdlet.WriteProgress(new ProgressRecord(ProgressId, "Sending queued mail", count));
        });
    }

    /// <summary>Takes the bar away. On the pipeline thread.</summary>
    public void Complete()
    {
        if (_isShown)
        {
            cmdlet.WriteProgress(ProgressRecords.Done(ProgressId, "Sending queued mail"));
        }
    }
}
