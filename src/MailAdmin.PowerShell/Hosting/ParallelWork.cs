using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Threading.Channels;

namespace MailAdmin.PowerShell.Hosting;

/// <summary>
/// Does the same for many inputs, a bounded number at a time, and puts out what comes of them. A failure is an error
/// about its input and does not stop the rest. All members are for the pipeline thread.
/// </summary>
/// <typeparam name="T">What comes of an input.</typeparam>
/// <param name="cmdlet">Whose streams are written to.</param>
/// <param name="activity">What the progress bar says, such as <c>Looking up</c>.</param>
/// <param name="atMost">How many are worked on at once.</param>
/// <param name="output">Takes each result with its input; null writes it to the pipeline.</param>
internal sealed class ParallelWork<T>(
    AsyncPSCmdlet cmdlet, string activity, int atMost, Action<string, T>? output = null) : IDisposable
    where T : notnull
{
    private const int ProgressId = 3;

    // Inputs of a long pipeline are not all taken in before the first result is out.
    private const int LookAhead = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _places = new(atMost);
    private readonly Channel<(string Target, Task<T> Task)> _next = Channel.CreateUnbounded<(string, Task<T>)>();
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private int _underWay;
    private int _done;
    private bool _isShown;

    /// <summary>
    /// True to put out each result when it is ready; by default they come in the order of the inputs.
    /// </summary>
    public bool AsReady { get; init; }

    /// <summary>Takes an input; what came of earlier ones may be put out.</summary>
    /// <param name="target">The input as the user gave it.</param>
    /// <param name="work">What to do.</param>
    public void Add(string target, Func<CancellationToken, Task<T>> work)
    {
        var task = Task.Run(() => RunAsync(work), CancellationToken.None);
        _underWay++;
        if (AsReady)
        {
            task.ContinueWith(
                done => _next.Writer.TryWrite((target, done)),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
        else
        {
            _next.Writer.TryWrite((target, task));
        }

        while (_underWay > LookAhead || (_next.Reader.TryPeek(out var next) && next.Task.IsCompleted))
        {
            PutOutNext();
        }
    }

    /// <summary>Waits for all.</summary>
    public void Finish()
    {
        while (_underWay > 0)
        {
            PutOutNext();
        }

        if (_isShown)
        {
            cmdlet.WriteProgress(ProgressRecords.Done(ProgressId, activity));
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

    private void PutOutNext()
    {
        ShowProgress();
        var (target, task) = cmdlet.Await(token => _next.Reader.ReadAsync(token).AsTask());
        try
        {
            var result = cmdlet.Await(_ => task);
            if (output is null)
            {
                cmdlet.WriteObject(result);
            }
            else
            {
                output(target, result);
            }
        }
        catch (MailException failure)
        {
            cmdlet.WriteError(ErrorRecords.From(failure, target));
        }
        finally
        {
            _underWay--;
            _done++;
        }
    }

    private void ShowProgress()
    {
        if (_done + _underWay < 2 || (_isShown && _sinceLast.Elapsed < Pause))
        {
            return;
        }

        _sinceLast.Restart();
        _isShown = true;
        var count = string.Create(CultureInfo.CurrentCulture, $"{_done} done, {_underWay} under way");
        cmdlet.WriteProgress(new ProgressRecord(ProgressId, activity, count));
    }
}
