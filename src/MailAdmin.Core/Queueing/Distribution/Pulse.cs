namespace MailAdmin.Queueing.Distribution;

/// <summary>Wakes one waiter. A pulse that comes before the wait is not lost; several count as one.</summary>
internal sealed class Pulse
{
    private volatile TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal void Set() => _next.TrySetResult();

    /// <summary>Waits for a pulse, but not longer than a time.</summary>
    internal async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await _next.Task.WaitAsync(atMost, time, cancellationToken).ConfigureAwait(false);
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        catch (TimeoutException)
        {
            // Nothing happened: that is for the caller to find out.
        }
    }
}
