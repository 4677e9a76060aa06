using System.Collections.Concurrent;
using MailAdmin.Storage;

namespace MailAdmin.Queueing.Distribution;

/// <summary>
/// Renews the leases of all items in work three times within their length. When the store cannot be asked for so long
/// that they may have ended, or the machine slept, what was not begun is given up: another distributor may have it.
/// </summary>
internal sealed class LeaseKeeper(IQueueStore store, string owner, TimeSpan lease, TimeProvider time)
{
    private const int RenewalsPerLease = 3;

    // A renewal is given up before the lease ends, so that nothing is begun at its last moment.
    private const double SafePart = 0.8;

    private readonly ConcurrentDictionary<long, TakenItem> _items = new();
    private volatile Moment _renewedAt = Moment.Of(time);

    internal int Count => _items.Count;

    /// <summary>Runs until it is cancelled.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(lease / RenewalsPerLease, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                await RenewAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The distributor has ended.
        }
    }

    internal void Add(TakenItem taken)
    {
        if (_items.IsEmpty)
        {
            _renewedAt = Moment.Of(time);
        }

        _items[taken.Item.Id] = taken;
    }

    internal void Remove(long id) => _items.TryRemove(id, out _);

    /// <summary>True when an item, or its content, may be begun.</summary>
    internal bool Holds(TakenItem taken) => !taken.IsLost && _renewedAt.Elapsed(time) < lease * SafePart;

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var held = _items.ToArray();
        var startedAt = Moment.Of(time);
        if (held.Length == 0)
        {
            _renewedAt = startedAt;
            return;
        }

        try
        {
            var kept = (await store.RenewAsync(owner, [.. held.Select(pair => pair.Key)], lease, cancellationToken)
                .ConfigureAwait(false)).ToHashSet();
            _renewedAt = startedAt;
            foreach (var (id, taken) in held)
            {
                if (!kept.Contains(id))
                {
                    taken.Lose();
                }
            }
        }
        catch (StoreException)
        {
            // The next tick tries again; until then Holds() says when it is too late.
        }
    }

    // While a machine sleeps only the clock on the wall goes on, and leases end by that one.
    private sealed record Moment(long Timestamp, DateTimeOffset OnTheWall)
    {
        internal static Moment Of(TimeProvider time) => new(time.GetTimestamp(), time.GetUtcNow());

        internal TimeSpan Elapsed(TimeProvider time)
        {
            var elapsed = time.GetElapsedTime(Timestamp);
            var onTheWall = time.GetUtcNow() - OnTheWall;
            return elapsed > onTheWall ? elapsed : onTheWall;
        }
    }
}
