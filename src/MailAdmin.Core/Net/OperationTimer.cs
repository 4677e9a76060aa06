namespace MailAdmin.Net;

/// <summary>
/// One token for a time limit and the caller's cancellation together, used again for the next operation: a linked
/// source for each read would be the only allocation on the hot path. One operation at a time.
/// </summary>
internal sealed class OperationTimer(TimeProvider time) : IDisposable
{
    private CancellationTokenSource _source = Create(time);
    private CancellationTokenRegistration _caller;

    public bool IsRunning { get; private set; }

    public CancellationToken Start(TimeSpan timeout, CancellationToken caller)
    {
        IsRunning = true;
        _caller = caller.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _source);
        _source.CancelAfter(timeout);
        return _source.Token;
    }

    public void Stop()
    {
        _caller.Dispose();
        if (!_source.TryReset())
        {
            _source.Dispose();
            _source = Create(time);
        }

        IsRunning = false;
    }

    public void Dispose()
    {
        _caller.Dispose();
        _source.Dispose();
    }

    private static CancellationTokenSource Create(TimeProvider time) =>
        time == TimeProvider.System ? new() : new(Timeout.InfiniteTimeSpan, time);
}
