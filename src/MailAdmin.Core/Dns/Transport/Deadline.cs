namespace MailAdmin.Dns.Transport;

/// <summary>A time limit that can be set again for each query, which saves a timer for each.</summary>
internal sealed class Deadline(TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _source = new(Timeout.InfiniteTimeSpan, time);
    private CancellationTokenRegistration _registration;
    private long _started;
    private TimeSpan _limit;

    /// <summary>Cancelled when the time is over, or the caller gives up.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Begins a query's time.</summary>
    public void Start(TimeSpan limit, CancellationToken cancellationToken)
    {
        _limit = limit;
        _started = time.GetTimestamp();
        _source.CancelAfter(limit);
        _registration = cancellationToken.UnsafeRegister(
            static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    /// <summary>
    /// Ends it; true when another may begin. Near the limit the timer may be about to fire and would end the next
    /// query, so only a deadline that had half of its time left may be used again.
    /// </summary>
    public bool TryStop()
    {
        _registration.Dispose();
        _source.CancelAfter(Timeout.InfiniteTimeSpan);
        return !_source.IsCancellationRequested && time.GetElapsedTime(_started) < _limit / 2;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
