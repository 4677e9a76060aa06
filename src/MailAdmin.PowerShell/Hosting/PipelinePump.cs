using System.Collections.Concurrent;
using System.Management.Automation;

namespace MailAdmin.PowerShell.Hosting;

/// <summary>
/// Runs asynchronous work of a cmdlet while the pipeline thread does what only it may do: write to the streams. The one
/// place of the product that blocks a thread.
/// </summary>
internal sealed class PipelinePump
{
    // Ctrl+C is to give the prompt back within a second; work that does not heed its token by then is left behind.
    private static readonly TimeSpan UsualGrace = TimeSpan.FromMilliseconds(600);

    private readonly CancellationTokenSource _stop = new();
    private readonly BlockingCollection<Action> _posted = [];

    /// <summary>Cancelled when the pipeline stops, from either side.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>
    /// How long work may go on once the pipeline stops; longer only where it would otherwise do harm.
    /// </summary>
    public TimeSpan Grace { get; set; } = UsualGrace;

    /// <summary>
    /// Cancels all work and ends <see cref="Run"/>. From any thread, which the work does not hold up.
    /// </summary>
    public void Stop() => _ = _stop.CancelAsync();

    /// <summary>
    /// Has the pipeline thread do something the next time that it is pumping; nothing once it was stopped.
    /// </summary>
    public void Post(Action action)
    {
        if (!_stop.IsCancellationRequested)
        {
            _posted.Add(action);
        }
    }

    /// <summary>
    /// Pumps on the pipeline thread until the work is done; its result or failure is for the caller to take.
    /// </summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped meanwhile.</exception>
    public void Run(Task work)
    {
        _ = work.ContinueWith(
            _ => _posted.Add(static () => { }),
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
        try
        {
            while (!work.IsCompleted)
            {
                _posted.Take(_stop.Token).Invoke();
            }

            Drain();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Task.WaitAny([work], Grace);
            throw new PipelineStoppedException();
        }
        catch
        {
            // What was posted failed: Select-Object -First has enough, or -ErrorAction Stop. The work must end as well.
            Stop();
            Task.WaitAny([work], Grace);
            throw;
        }
    }

    /// <summary>Does what was posted so far. On the pipeline thread only.</summary>
    public void Drain()
    {
        while (_posted.TryTake(out var action))
        {
            action();
        }
    }

    /// <summary>
    /// Waits for work to end, but not longer than somebody who pressed Ctrl+C would; its outcome is ignored.
    /// </summary>
    public static void WaitBriefly(Task work) => Task.WaitAny([work], UsualGrace);
}
