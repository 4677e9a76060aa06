using MailAdmin.Queueing.Failures;
using MailAdmin.Storage;
using MailAdmin.Throttling;

namespace MailAdmin.Queueing.Distribution;

/// <summary>
/// The items of one destination and the connections to it. Each lane works by itself: one that is slow or down holds
/// only the items that it was given, and it is given more only as it gets rid of them.
/// </summary>
internal sealed class DestinationLane(string destination, LaneServices services) : IAsyncDisposable
{
    // When all places for connections are taken by other processes, these send the mail.
    private static readonly TimeSpan NoPlacePause = TimeSpan.FromSeconds(2);

    private readonly object _lock = new();
    private readonly LinkedList<TakenItem> _waiting = new();
    private readonly LaneRoom _room = new(services.Time);
    private readonly LaneConnections _connections = new(services);
    private readonly AttemptRunner _attempts = new(services, destination);
    private readonly List<Task> _workers = [];
    private int _working;
    private int _allowed = 1;
    private bool _isStopping;
    private DateTimeOffset? _pausedUntil;
    private DateTimeOffset? _noPlaceUntil;

    internal string Destination => destination;

    /// <summary>How many more items it can do with; 0 while it waits or has enough.</summary>
    internal int Room
    {
        get
        {
            lock (_lock)
            {
                return _isStopping || PausedUntil is not null ? 0 : _room.For(_waiting.Count);
            }
        }
    }

    /// <summary>Until when it takes nothing on; null when it does.</summary>
    internal DateTimeOffset? PausedUntil
    {
        get
        {
            lock (_lock)
            {
                return _pausedUntil > services.Clock.Now ? _pausedUntil : null;
            }
        }
    }

    /// <summary>True when nothing is waiting or under way.</summary>
    internal bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _working == 0 && _waiting.Count == 0;
            }
        }
    }

    /// <summary>Takes items on; while it takes nothing on, they go back to wait as long as it does.</summary>
    internal async Task AddAsync(List<TakenItem> items)
    {
        DateTimeOffset? until;
        lock (_lock)
        {
            // It may have come to that after it said what room it has.
            until = PausedUntil;
            _room.Filled();
            if (until is null)
            {
                items.ForEach(item => _waiting.AddLast(item));
                StartWorkers();
            }
        }

        if (until is not null)
        {
            await ReleaseAsync(items, until).ConfigureAwait(false);
        }
    }

    /// <summary>Begins nothing more, ends what has not begun, and gives the rest back.</summary>
    internal async Task StopAsync()
    {
        List<TakenItem> rest;
        lock (_lock)
        {
            _isStopping = true;
            rest = Drain();
        }

        _attempts.Stop();
        await ReleaseAsync(rest, notBefore: null).ConfigureAwait(false);
    }

    /// <summary>Ends everything at once.</summary>
    internal void Cut() => _attempts.Cut();

    /// <summary>Waits until nothing is under way.</summary>
    internal Task WhenIdleAsync()
    {
        lock (_lock)
        {
            return Task.WhenAll(_workers);
        }
    }

    /// <summary>Closes the connections that are not in use.</summary>
    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    private void StartWorkers()
    {
        _workers.RemoveAll(worker => worker.IsCompleted);
        var wanted = (_waiting.Count + LaneAttempts.MostTravelling - 1) / LaneAttempts.MostTravelling;
        while (!_isStopping && _working < Math.Min(_allowed, _connections.Most) && _working < wanted)
        {
            _working++;
            _workers.Add(Task.Run(WorkAsync));
        }
    }

    private async Task WorkAsync()
    {
        LaneConnection? connection = null;
        var underWay = new LaneAttempts(services.Options.PerConnection);
        try
        {
            while (TakeNext() is { } taken)
            {
                if (!await IsReadyAsync(taken).ConfigureAwait(false))
                {
                    continue;
                }

                var (next, mayGoOn) = await ConnectAsync(connection, taken).ConfigureAwait(false);
                connection = next;
                if (!mayGoOn)
                {
                    break;
                }

                if (connection is not null && await AdmitAsync(connection, taken).ConfigureAwait(false) is { } grant)
                {
                    underWay.Add(answered => AttemptAsync(connection, taken, grant, answered));
                }

                await underWay.MakeRoomAsync(connection is { IsProven: true }).ConfigureAwait(false);
                while (!underWay.IsEmpty && !HasWaiting)
                {
                    await underWay.WhenOldestIsDoneAsync().ConfigureAwait(false);
                }
            }
        }
        catch (Exception e)
        {
            services.Fail(e);
        }

        await underWay.WhenAllAreDoneAsync().ConfigureAwait(false);
        await LeaveAsync(connection).ConfigureAwait(false);
    }

    private bool HasWaiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count > 0;
            }
        }
    }

    private TakenItem? TakeNext()
    {
        lock (_lock)
        {
            var first = _waiting.First;
            if (first is null)
            {
                return null;
            }

            _waiting.RemoveFirst();
            if (_room.IsLow(_waiting.Count))
            {
                services.Pulse.Set();
            }

            return first.Value;
        }
    }

    /// <summary>False when the item is not to be attempted: its lease was lost, or its time is over.</summary>
    private async Task<bool> IsReadyAsync(TakenItem taken)
    {
        if (!services.Leases.Holds(taken))
        {
            services.Leases.Remove(taken.Item.Id);
            return false;
        }

        if (services.Policy.JudgeExpiry(taken.Item, services.Clock.Now) is { } expiry)
        {
            await _attempts.ExpireAsync(taken, expiry).ConfigureAwait(false);
            return false;
        }

        return true;
    }

    /// <summary>A connection that suits the item; none when its route is of no use, or no place is free.</summary>
    private async Task<(LaneConnection? Connection, bool MayGoOn)> ConnectAsync(
        LaneConnection? current, TakenItem taken)
    {
        try
        {
            var connection = await _connections.TakeAsync(current, taken.Item.RouteId).ConfigureAwait(false);
            if (connection is null)
            {
                await StandBackAsync(taken).ConfigureAwait(false);
            }

            return (connection, connection is not null);
        }
        catch (MailException e) when (e is not StoreException { Fault: not StoreFault.NotFound })
        {
            if (current is not null)
            {
                await current.DisposeAsync().ConfigureAwait(false);
            }

            await FollowAsync(await _attempts.FailAsync(taken, e).ConfigureAwait(false)).ConfigureAwait(false);
            return (null, true);
        }
    }

    /// <summary>No place is free: the lane's other connections go on with the item, or other processes do.</summary>
    private async Task StandBackAsync(TakenItem taken)
    {
        lock (_lock)
        {
            _waiting.AddFirst(taken);
            _noPlaceUntil = services.Clock.Now + NoPlacePause;
            if (_working > 1)
            {
                _allowed = _working - 1;
                return;
            }
        }

        await PauseAsync(services.Clock.Now + NoPlacePause).ConfigureAwait(false);
    }

    private async Task<ThrottleGranted?> AdmitAsync(LaneConnection connection, TakenItem taken)
    {
        var item = taken.Item;
        var decision = await services.Gate.AcquireAsync(
            new ThrottledMessage
            {
                Route = connection.Route.Subject,
                Recipients = [.. item.OpenEnvelope.Recipients.Select(r => r.Address)],
                BatchSize = connection.Route.BatchSize,
                Item = item.Id,
                Deferrals = item.Deferrals,
            },
            CancellationToken.None).ConfigureAwait(false);
        if (decision is not ThrottleDeferred deferred)
        {
            return (ThrottleGranted)decision;
        }

        var release = new QueueRelease(item.Id, deferred.Until, deferred.IsCounted);
        await services.Store.ReleaseAsync(services.Owner, [release], CancellationToken.None).ConfigureAwait(false);
        services.Leases.Remove(item.Id);
        if (deferred.IsCounted)
        {
            services.Tally.CountThrottled();
        }

        // What is too large for the window as such keeps nobody else waiting.
        if (!deferred.NeverFits)
        {
            await PauseAsync(deferred.Until).ConfigureAwait(false);
        }

        return null;
    }

    private async Task AttemptAsync(
        LaneConnection connection, TakenItem taken, ThrottleGranted grant, Action answered)
    {
        try
        {
            if (await _attempts.RunAsync(connection, taken, grant, answered).ConfigureAwait(false) is { } verdict)
            {
                await FollowAsync(verdict).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            services.Fail(e);
        }
        finally
        {
            answered();
        }
    }

    /// <summary>More connections while all goes well, fewer when sessions break, none where none can be had.</summary>
    private async Task FollowAsync(AttemptVerdict verdict)
    {
        if (verdict.ClosesDestination)
        {
            await _connections.ForgetRoutesAsync().ConfigureAwait(false);
            await PauseAsync(verdict.Destination?.NotBefore ?? services.Clock.Now).ConfigureAwait(false);
            return;
        }

        lock (_lock)
        {
            _allowed = verdict.Scope is FailureScope.Session or FailureScope.Unknown
                ? Math.Max(1, _allowed / 2)
                : _noPlaceUntil > services.Clock.Now ? _allowed : Math.Min(_connections.Most, _allowed + 1);
            StartWorkers();
        }
    }

    /// <summary>Gives everything that waits back, and takes nothing on for a time.</summary>
    private async Task PauseAsync(DateTimeOffset until)
    {
        List<TakenItem> rest;
        lock (_lock)
        {
            _pausedUntil = until;
            _allowed = 1;
            rest = Drain();
        }

        await ReleaseAsync(rest, until).ConfigureAwait(false);
    }

    private List<TakenItem> Drain()
    {
        List<TakenItem> rest = [.. _waiting];
        _waiting.Clear();
        return rest;
    }

    private async Task ReleaseAsync(List<TakenItem> items, DateTimeOffset? notBefore)
    {
        if (items.Count > 0)
        {
            var releases = items.Select(taken => new QueueRelease(taken.Item.Id, notBefore)).ToArray();
            await services.Store.ReleaseAsync(services.Owner, releases, CancellationToken.None).ConfigureAwait(false);
            items.ForEach(taken => services.Leases.Remove(taken.Item.Id));
        }
    }

    private async Task LeaveAsync(LaneConnection? connection)
    {
        var isKept = false;
        lock (_lock)
        {
            _working--;
            if (connection is not null && !_isStopping && PausedUntil is null)
            {
                _connections.Keep(connection);
                isKept = true;
            }

            // An item may have come in after this worker found nothing.
            StartWorkers();
        }

        services.Pulse.Set();
        if (connection is not null && !isKept)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
