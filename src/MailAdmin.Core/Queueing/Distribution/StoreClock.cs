using MailAdmin.Storage;

namespace MailAdmin.Queueing.Distribution;

/// <summary>
/// The store's time without asking each time: what it last said, and what has passed since by a clock that never jumps.
/// </summary>
internal sealed class StoreClock(IMailStore store, TimeProvider time)
{
    private volatile Reading _last = new(time.GetUtcNow(), time.GetTimestamp());

    /// <summary>About what the store's clock says now.</summary>
    internal DateTimeOffset Now
    {
        get
        {
            var last = _last;
            return last.At + time.GetElapsedTime(last.Timestamp);
        }
    }

    /// <summary>Asks the store.</summary>
    internal async ValueTask SyncAsync(CancellationToken cancellationToken) =>
        _last = new Reading(await store.NowAsync(cancellationToken).ConfigureAwait(false), time.GetTimestamp());

    private sealed record Reading(DateTimeOffset At, long Timestamp);
}
