using MailAdmin.Queueing.Distribution;
using MailAdmin.Server;
using MailAdmin.Storage;
using MailAdmin.Tests.Storage;
using MailAdmin.Tests.Storage.Sqlite;

namespace MailAdmin.Tests.Queueing;

/// <summary>When distributors remove what the store need not keep, and what that means to the sending.</summary>
public sealed class StoreUpkeepTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SqliteStoreFolder _folder = new();
    private readonly SteppedTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_ends_with_it_and_what_it_has_sent_is_kept_without_its_content()
    {
        await using var server = await SmtpTestServer.StartAsync();
        await using var rig = await QueueRig.OpenAsync();
        var old = HistorySamples.Record() with { At = DateTimeOffset.UtcNow.AddDays(-31) };
        await rig.Store.History.AddAsync([old], default);
        await rig.AddAsync(QueueRig.To(server.Port), 250);

        var summary = await rig.DistributeAsync();

        Assert.Equal(250, summary.Sent);
        Assert.Empty(rig.UpkeepFailures);
        var items = await rig.ItemsAsync();
        Assert.Equal(250, items.Count);
        await Assert.ThrowsAsync<StoreException>(() => rig.Store.Queue.OpenContentAsync(items[0].Id, default));
        Assert.Equal(250, await rig.Store.History.FindAsync(new HistoryFilter(), default).CountAsync());
    }

    [Fact]
    public async Task A_store_that_cannot_be_purged_is_told_of_and_all_is_sent()
    {
        await using var server = await SmtpTestServer.StartAsync();
        await using var rig = await QueueRig.OpenAsync();
        await rig.AddAsync(QueueRig.To(server.Port), 20);
        rig.DistributedStore = new WatchedStore(
            rig.Store, new StoreException(StoreFault.ReadOnly, "Nothing can be removed.", "Wait."));

        var summary = await rig.DistributeAsync(
            new DistributorOptions { Rounds = 2, Interval = TimeSpan.FromSeconds(1) });

        Assert.Equal((20, 20), (summary.Sent, server.MessageCount));
        Assert.Equal(StoreFault.ReadOnly, Assert.Single(rig.UpkeepFailures).Fault);
    }

    [Fact]
    public async Task It_goes_on_every_hour_and_not_before()
    {
        await using var store = await _folder.OpenAsync(_time);
        var watched = new WatchedStore(store);
        using var end = new CancellationTokenSource();

        var running = new StoreUpkeep(watched, observer: null, _time).RunAsync(isContinuous: true, end.Token);
        await Wait.UntilAsync(() => watched.Purges == 1);
        for (var hour = 1; hour <= 3; hour++)
        {
            _time.Advance(TimeSpan.FromMinutes(59));
            _time.Advance(TimeSpan.FromMinutes(1));
            await Wait.UntilAsync(() => watched.Purges > hour);
        }

        _time.Advance(TimeSpan.FromMinutes(59));
        await end.CancelAsync();
        await running;
        Assert.Equal(4, watched.Purges);
    }

    [Fact]
    public async Task A_run_of_rounds_leaves_it_for_its_end()
    {
        await using var store = await _folder.OpenAsync(_time);
        var watched = new WatchedStore(store);
        var upkeep = new StoreUpkeep(watched, observer: null, _time);
        using var end = new CancellationTokenSource();
        await AddOldAsync(store, 1);

        var running = upkeep.RunAsync(isContinuous: false, end.Token);
        _time.Advance(TimeSpan.FromMinutes(59));
        await end.CancelAsync();
        await running;
        Assert.Equal(0, watched.Purges);
        await upkeep.FinishAsync(default);

        Assert.Equal(1, watched.Purges);
        Assert.Equal(0, await CountAsync(store));
    }

    [Fact]
    public async Task The_end_of_a_run_does_not_wait_for_more_than_its_time_allows()
    {
        await using var store = await _folder.OpenAsync(_time);
        var upkeep = new StoreUpkeep(store, observer: null, _time);
        await AddOldAsync(store, 20_000);

        var finishing = upkeep.FinishAsync(default);
        _time.Advance(TimeSpan.FromSeconds(5));
        await finishing.WaitAsync(Patience);

        Assert.InRange(await CountAsync(store), 1, 20_000);
        await upkeep.FinishAsync(default);
        Assert.Equal(0, await CountAsync(store));
    }

    [Fact]
    public async Task A_store_that_is_locked_is_told_of_and_done_the_next_time()
    {
        await using var store = await _folder.OpenAsync(_time, TimeSpan.FromMilliseconds(200));
        await using var rig = await QueueRig.OpenAsync();
        var upkeep = new StoreUpkeep(store, rig, _time);
        await AddOldAsync(store, 1);
        using (var other = new OtherProgram(_folder.Path))
        {
            other.Execute("BEGIN EXCLUSIVE");
            await upkeep.FinishAsync(default);
            Assert.Equal(StoreFault.Busy, Assert.Single(rig.UpkeepFailures).Fault);
        }

        await upkeep.FinishAsync(default);
        Assert.Equal(0, await CountAsync(store));
    }

    private Task AddOldAsync(IMailStore store, int count) => store.History.AddAsync(
        [.. Enumerable.Repeat(HistorySamples.Record() with { At = _time.GetUtcNow().AddDays(-31) }, count)], default);

    private static ValueTask<int> CountAsync(IMailStore store) =>
        store.History.FindAsync(new HistoryFilter(), default).CountAsync();

    /// <summary>A store that counts how often something is to be removed, and may refuse it.</summary>
    private sealed class WatchedStore(IMailStore store, StoreException? refusal = null) : IMailStore, IHistoryStore
    {
        private int _purges;

        public int Purges => Volatile.Read(ref _purges);

        public string Location => store.Location;

        public IQueueStore Queue => store.Queue;

        public IThrottleStore Throttle => store.Throttle;

        public IHistoryStore History => this;

        public IOptionStore Options => store.Options;

        public ValueTask<DateTimeOffset> NowAsync(CancellationToken cancellationToken) =>
            store.NowAsync(cancellationToken);

        public Task AddAsync(IReadOnlyList<HistoryRecord> records, CancellationToken cancellationToken) =>
            store.History.AddAsync(records, cancellationToken);

        public IAsyncEnumerable<HistoryRecord> FindAsync(HistoryFilter filter, CancellationToken cancellationToken) =>
            store.History.FindAsync(filter, cancellationToken);

        public Task<long> PurgeAsync(
            DateTimeOffset before, IProgress<long>? progress, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _purges);
            return refusal is null ? store.History.PurgeAsync(before, progress, cancellationToken) : throw refusal;
        }

        public ValueTask DisposeAsync() => default;
    }
}
