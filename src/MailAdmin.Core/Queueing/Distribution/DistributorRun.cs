using MailAdmin.Storage;

namespace MailAdmin.Queueing.Distribution;

/// <summary>One run of a distributor: takes items, hands them to the lanes, and winds up.</summary>
internal sealed class DistributorRun
{
    // Nothing may have happened for a lane to tell of, and yet an item be due: another process released it.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StorePatience = TimeSpan.FromMinutes(1);

    // After the grace for what is within its content: long enough for its outcome to be written down.
    private static readonly TimeSpan LastGrace = TimeSpan.FromMilliseconds(700);

    private readonly LaneServices _services;
    private readonly StoreUpkeep _upkeep;
    private readonly Dictionary<string, DestinationLane> _lanes = new(StringComparer.Ordinal);
    private readonly ContentAhead _contents;
    private Exception? _failure;

    internal DistributorRun(LaneServices services, StoreUpkeep upkeep)
    {
        _upkeep = upkeep;
        var fail = services.Fail;
        _contents = new ContentAhead(services.Store);
        _services = services with
        {
            Fail = failure =>
            {
                Interlocked.CompareExchange(ref _failure, failure, null);
                fail(failure);
            },
        };
    }

    private DistributorOptions Options => _services.Options;

    internal async Task<DistributorSummary> RunAsync(CancellationToken stop)
    {
        var startedAt = _services.Time.GetTimestamp();
        using var ended = new CancellationTokenSource();
        using var tidied = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var recording = _services.Recorder.RunAsync();
        var renewing = _services.Leases.RunAsync(ended.Token);
        var tidying = _upkeep.RunAsync(isContinuous: Options.Rounds is null, tidied.Token);
        try
        {
            await RoundsAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopping is a way to end like any other.
        }
        catch (Exception e)
        {
            _failure ??= e;
        }

        await tidied.CancelAsync().ConfigureAwait(false);
        await WindUpAsync(isHurried: stop.IsCancellationRequested || _failure is not null).ConfigureAwait(false);
        _services.Recorder.Complete();
        await ended.CancelAsync().ConfigureAwait(false);
        await renewing.ConfigureAwait(false);
        await WaitAsync(recording, LastGrace).ConfigureAwait(false);
        if (await WaitAsync(tidying, LastGrace).ConfigureAwait(false))
        {
            await tidying.ConfigureAwait(false);
        }

        if (_failure is not null)
        {
            throw _failure;
        }

        var duration = _services.Time.GetElapsedTime(startedAt);
        if (!stop.IsCancellationRequested)
        {
            await _upkeep.FinishAsync(stop).ConfigureAwait(false);
        }

        return _services.Tally.Sum with { Duration = duration };
    }

    private async Task RoundsAsync(CancellationToken stop)
    {
        for (var round = 1; ; round++)
        {
            _services.Tally.CountRound();
            await RoundAsync(stop).ConfigureAwait(false);
            if (round >= Options.Rounds)
            {
                return;
            }

            await PauseAsync(stop).ConfigureAwait(false);
        }
    }

    /// <summary>Sends until nothing is due and nothing is under way.</summary>
    private async Task RoundAsync(CancellationToken stop)
    {
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            var taken = await TakeAsync(stop).ConfigureAwait(false);
            foreach (var group in taken.GroupBy(one => one.Item.Destination, StringComparer.Ordinal))
            {
                await HandOverAsync(group).ConfigureAwait(false);
            }

            if (taken.Count > 0)
            {
                continue;
            }

            if (_lanes.Values.All(lane => lane.IsIdle))
            {
                return;
            }

            await _services.Pulse.WaitAsync(LookAgain, _services.Time, stop).ConfigureAwait(false);
        }
    }

    private async Task HandOverAsync(IGrouping<string, TakenItem> group)
    {
        if (!_lanes.TryGetValue(group.Key, out var lane))
        {
            lane = new DestinationLane(group.Key, _services);
            _lanes.Add(group.Key, lane);
        }

        List<TakenItem> items = [.. group];
        items.ForEach(_services.Leases.Add);
        await lane.AddAsync(items).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<TakenItem>> TakeAsync(CancellationToken stop)
    {
        var count = Options.Prefetch - _services.Leases.Count;
        if (count <= 0)
        {
            return [];
        }

        var request = new TakeRequest
        {
            Owner = _services.Owner,
            Count = count,
            Lease = Options.Lease,
            PerDestination = Math.Min(LaneRoom.First, count),
            Destinations = _lanes.Values.ToDictionary(
                lane => lane.Destination, lane => lane.Room, StringComparer.Ordinal),
        };
        var items = await PatientlyAsync(
            async () =>
            {
                await _services.Clock.SyncAsync(stop).ConfigureAwait(false);

                // Not to be given up half-way: what was taken then would be nobody's until its lease ends.
                return await _services.Store.TakeAsync(request, CancellationToken.None).ConfigureAwait(false);
            },
            stop).ConfigureAwait(false);
        return items.Count == 0 ? [] : await _contents.ReadAsync(items).ConfigureAwait(false);
    }

    private async Task<T> PatientlyAsync<T>(Func<Task<T>> ask, CancellationToken stop)
    {
        var startedAt = _services.Time.GetTimestamp();
        while (true)
        {
            try
            {
                return await ask().ConfigureAwait(false);
            }
            catch (StoreException e) when (e.IsTransient && _services.Time.GetElapsedTime(startedAt) < StorePatience)
            {
                await Task.Delay(LookAgain, _services.Time, stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Waits for the next round: until an item is due, but not longer than the interval.</summary>
    private async Task PauseAsync(CancellationToken stop)
    {
        var due = await PatientlyAsync(() => _services.Store.NextDueAsync(stop).AsTask(), stop).ConfigureAwait(false);
        await _services.Clock.SyncAsync(stop).ConfigureAwait(false);
        if (due <= _services.Clock.Now)
        {
            // It was not taken, so it is for a destination that takes nothing on just now.
            due = _lanes.Values.Min(lane => lane.PausedUntil) ?? due;
        }

        var pause = due is { } at && at - _services.Clock.Now < Options.Interval
            ? at - _services.Clock.Now
            : Options.Interval;
        pause = pause > ShortestPause ? pause : ShortestPause;
        if (pause > Options.IdleTimeout)
        {
            await Task.Delay(Options.IdleTimeout, _services.Time, stop).ConfigureAwait(false);
            await CloseLanesAsync(lane => lane.PausedUntil is null).ConfigureAwait(false);
            pause -= Options.IdleTimeout;
        }

        await Task.Delay(pause, _services.Time, stop).ConfigureAwait(false);
    }

    private async Task CloseLanesAsync(Func<DestinationLane, bool> which)
    {
        var lanes = _lanes.Values.Where(which).ToArray();
        foreach (var lane in lanes)
        {
            _lanes.Remove(lane.Destination);
        }

        await Task.WhenAll(lanes.Select(lane => lane.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    private async Task WindUpAsync(bool isHurried)
    {
        var lanes = _lanes.Values.ToArray();
        if (isHurried)
        {
            await WaitAsync(Task.WhenAll(lanes.Select(lane => lane.StopAsync())), LastGrace).ConfigureAwait(false);
            var idle = Task.WhenAll(lanes.Select(lane => lane.WhenIdleAsync()));
            if (!await WaitAsync(idle, Options.StopGrace).ConfigureAwait(false))
            {
                foreach (var lane in lanes)
                {
                    lane.Cut();
                }

                await WaitAsync(idle, LastGrace).ConfigureAwait(false);
            }
        }

        var closing = CloseLanesAsync(_ => true);
        if (isHurried)
        {
            await WaitAsync(closing, LastGrace).ConfigureAwait(false);
        }
        else
        {
            await closing.ConfigureAwait(false);
        }
    }

    /// <summary>False when the work was not done in time; its failures, if it has any, are told elsewhere.</summary>
    private async Task<bool> WaitAsync(Task work, TimeSpan atMost)
    {
        await work.WaitAsync(atMost, _services.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return work.IsCompleted;
    }
}
