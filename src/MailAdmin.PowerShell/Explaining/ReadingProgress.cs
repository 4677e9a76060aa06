using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using MailAdmin.PowerShell.Hosting;

namespace MailAdmin.PowerShell.Explaining;

/// <summary>The progress bar while a large file is read.</summary>
internal sealed class ReadingProgress(AsyncPSCmdlet cmdlet, string path, long length) : IProgress<long>
{
    private const string Activity = "Reading errors";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private bool _isShown;

    /// <inheritdoc/>
    public void Report(long value)
    {
        if (_sinceLast.Elapsed < Pause)
        {
            return;
        }

        _sinceLast.Restart();
        cmdlet.Post(() => Show(value));
    }

    /// <summary>Takes the bar away. On the pipeline thread.</summary>
    public void Complete()
    {
        if (_isShown)
        {
            cmdlet.WriteProgress(ProgressRecords.Done(0, Activity));
        }
    }

    private void Show(long position)
    {
        const double Mega = 1_000_000;
        _isShown = true;
        var read = string.Create(CultureInfo.CurrentCulture, $"{path}: {position / Mega:F1} of {length / Mega:F1} MB");
        var percent = length > 0 ? (int)Math.Min(100, position * 100 / length) : -1;
        cmdlet.WriteProgress(new ProgressRecord(0, Activity, read) { PercentComplete = percent });
    }
}
