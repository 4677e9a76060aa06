using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace MailAdmin.PowerShell.Hosting;

/// <summary>
/// Does the same for many inputs, a bounded number at a time, and puts out what comes of them in the order of the inputs.
/// A failure is an error about its input and does not stop the rest. All members are for the pipeline thread.
/// </summary>
/// <typeparam name="T">What comes of an input.</typeparam>
/// <param name="cmdlet">Whose streams are written to.</param>
/// <param name="activity">What the progress bar says, such as <c>Looking up</c>.</param>
/// <param name="atMost">How many are worked on at once.</param>
internal sealed class ParallelWork<T>(AsyncPSCmdlet cmdlet, string activity, int atMost) : IDisposable
    where T : notnull
{
    private const int ProgressId = 3;

    // Inputs of a long pipeline are not all taken in before the first result is out.
    private const int LookAhead = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _places = new(atMost);
    private readonly Queue<(string Target, Task<T> Task)> _underWay = new();
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private int _done;
    private bool _isShown;

    /// <summary>Takes an input; what came of earlier ones may be put out.</summary>
    /// <param name="target">The input as the user gave it.</param>
    /// <param name="work">What to do.</param>
    public void Add(string target, Func<CancellationToken, Task<T>> work)
    {
        _underWay.Enqueue((target, Task.Run(() => RunAsync(work), CancellationToken.None)));
        while (_underWay.Count > LookAhead || (_underWay.TryPeek(out var oldest) && oldest.Task.IsCompleted))
        {
            PutOutOldest();
        }
    }

    /// <summary>Waits for all.</summary>
    public void Finish()
    {
        while (_underWay.Count > 0)
        {
            PutOutOldest();
        }

        if (_isShown)
        {
            cmdlet.WriteProgress(new ProgressRecord(ProgressId, activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private async Task<T> RunAsync(Func<CancellationToken, Task<T>> work)
    {
        await _places.WaitAsync(cmdlet.StopToken).ConfigureAwait(false);
        try
        {
            return await work(cmdlet.StopToken).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    private void PutOutOldest()
    {
        var (target, task) = _underWay.Peek();
        ShowProgress(target);
        try
        {
            cmdlet.WriteObject(cmdlet.Await(_ => task));
        }
        catch (MailException failure)
        {
            cmdlet.WriteError(ErrorRecords.From(failure, target));
        }
        finally
        {
            _underWay.Dequeue();
            _done++;
        }
    }

    private void ShowProgress(string target)
    {
        if (_done + _underWay.Count < 2 || _sinceLast.Elapsed < Pause)
        {
            return;
        }

        _sinceLast.Restart();
        _isShown = true;
        var count = string.Create(CultureInfo.CurrentCulture, $"{_done} done, {_underWay.Count} under way: {target}");
        cmdlet.WriteProgress(new ProgressRecord(ProgressId, activity, count));
    }
}
