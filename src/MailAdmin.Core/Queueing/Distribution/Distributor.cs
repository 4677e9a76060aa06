using MailAdmin.Queueing.Failures;
using MailAdmin.Queueing.Routes;
using MailAdmin.Storage;
using MailAdmin.Throttling;

namespace MailAdmin.Queueing.Distribution;

/// <summary>
/// Sends what is due in the queue. Any number of distributors, in any number of processes, may work on one store side
/// by side; each item is leased to one of them at a time.
/// </summary>
/// <param name="store">Where the queue is.</param>
/// <param name="gate">The limits.</param>
/// <param name="policy">What becomes of an item after an attempt.</param>
/// <param name="routes">Opens the routes of the items.</param>
/// <param name="time">The clock of this process: for intervals, not for when items are due.</param>
/// <param name="notices">Who is told of failures; null for nobody.</param>
public sealed class Distributor(
    IMailStore store,
    IThrottleGate gate,
    FailurePolicy policy,
    RouteOpener routes,
    TimeProvider? time = null,
    IFailureNotices? notices = null)
{
    /// <summary>Works until it has done its rounds or is stopped.</summary>
    /// <param name="options">How.</param>
    /// <param name="observer">Who is told; null for nobody.</param>
    /// <param name="stop">
    /// Stops in an orderly way: what is within its content is finished, but not for longer than
    /// <see cref="DistributorOptions.StopGrace"/>; the rest is given back. It is no failure.
    /// </param>
    /// <returns>What was done, also when it was stopped.</returns>
    /// <exception cref="StoreException">
    /// The store cannot be used; what was in work is due when its lease ends.
    /// </exception>
    public async Task<DistributorSummary> RunAsync(
        DistributorOptions options, IDistributorObserver? observer, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Connections, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PerConnection, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Prefetch, 1, nameof(options));
        var clock = time ?? TimeProvider.System;
        var owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";
        var leases = new LeaseKeeper(store.Queue, owner, options.Lease, clock);

        // Not disposed of: a worker that was left behind may still fail.
        var failed = new CancellationTokenSource();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop, failed.Token);
        var run = new DistributorRun(
            new LaneServices
            {
                Owner = owner,
                Options = options,
                Store = store.Queue,
                Gate = gate,
                Policy = policy,
                Routes = routes,
                Leases = leases,
                Recorder = new AttemptRecorder(store.Queue, clock),
                Clock = new StoreClock(store, clock),
                Time = clock,
                Tally = new RunTally(observer, () => leases.Count),
                Notices = notices,
                Pulse = new Pulse(),
                Fail = _ => failed.Cancel(),
            },
            new StoreUpkeep(store, observer, clock));
        return await run.RunAsync(stopping.Token)
            .ConfigureAwait(false) with { WasStopped = stop.IsCancellationRequested };
    }
}
