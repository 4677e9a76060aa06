using System.Collections.Concurrent;
using MailAdmin.Storage;

namespace MailAdmin.Queueing.Distribution;

/// <summary>
/// Renews the leases of all items in work three times within their length. When the store cannot be asked for so long
/// that they may have ended, the items that were not begun are given up: another distributor may have them.
/// </summary>
internal sealed class LeaseKeeper(IQueueStore store, string owner, TimeSpan lease, TimeProvider time)
{
    private const int RenewalsPerLease = 3;

    // A renewal is given up before the lease ends, so that nothing is begun at its last moment.
    private const double SafePart = 0.8;

    private readonly ConcurrentDictionary<long, TakenItem> _items = new();
    private long _renewedAt = time.GetTimestamp();

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
            Volatile.Write(ref _renewedAt, time.GetTimestamp());
        }

        _items[taken.Item.Id] = taken;
    }

    internal void Remove(long id) => _items.TryRemove(id, out _);

    /// <summary>True when an item may be begun.</summary>
    internal bool Holds(TakenItem taken) =>
        !taken.IsLost && time.GetElapsedTime(Volatile.Read(ref _renewedAt)) < lease * SafePart;

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var held = _items.ToArray();
        var startedAt = time.GetTimestamp();
        if (held.Length == 0)
        {
            Volatile.Write(ref _renewedAt, startedAt);
            return;
        }

        try
        {
            var kept = (await store.RenewAsync(owner, [.. held.Select(pair => pair.Key)], lease, cancellationToken)
                .ConfigureAwait(false)).ToHashSet();
            Volatile.Write(ref _renewedAt, startedAt);
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
}
