using MailAdmin.Queueing.Distribution;
using MailAdmin.Server;
using MailAdmin.Tests.Storage;
using MailAdmin.Throttling;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Queueing;

/// <summary>The distributor within limits: whose turn counts, who waits uncounted, and what a change does.</summary>
public sealed class ThrottledDistributorTests : IAsyncDisposable
{
    private static readonly DistributorOptions Continuous = new() { Rounds = null, Interval = TimeSpan.FromSeconds(1) };

    private readonly ModelThrottleStore _limits = new(TimeProvider.System);
    private readonly ThrottleGate _gate;

    public ThrottledDistributorTests() =>
        _gate = new ThrottleGate(_limits, new ThrottlePolicyFinder(SendMethodCatalog.BuiltIn));

    public ValueTask DisposeAsync() => _gate.DisposeAsync();

    [Fact]
    public async Task Each_item_has_its_own_deferrals_when_its_turn_comes_and_is_attempted_after_the_last()
    {
        await using var server = await SmtpTestServer.StartAsync();
        await using var rig = await QueueRig.OpenAsync(_gate);
        await LimitAsync(server, new SendLimit(2, LimitUnit.Messages, 60), deferrals: 3);
        await rig.AddAsync(QueueRig.To(server.Port), 4);

        var summary = await RunUntilAsync(rig, () => rig.Items.Count == 4);

        var items = rig.Items.OrderBy(item => item.Item.Id).ToList();
        Assert.Equal([false, false, true, true], items.Select(item => item.IsForced).Order());
        Assert.Equal([0, 0, 3, 3], items.Select(item => item.Item.Deferrals).Order());
        Assert.All(items, item => Assert.Equal(item.IsForced, item.Item.Deferrals == 3));
        Assert.Equal(6, summary.Throttled);
        Assert.Equal(4, server.MessageCount);
    }

    [Fact]
    public async Task A_limit_that_is_lifted_lets_the_rest_go()
    {
        await using var server = await SmtpTestServer.StartAsync();
        await using var rig = await QueueRig.OpenAsync(_gate);
        await LimitAsync(server, new SendLimit(1, LimitUnit.Messages, 3600), deferrals: 3);
        await rig.AddAsync(QueueRig.To(server.Port), 5);
        var running = RunUntilAsync(rig, () => rig.Items.Count == 5);

        await Wait.UntilAsync(() => server.MessageCount == 1);
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.Equal(1, server.MessageCount);
        await LimitAsync(server, null, deferrals: 3);
        var summary = await running;

        Assert.Equal(5, server.MessageCount);
        Assert.Equal(0, summary.Throttled);
        Assert.DoesNotContain(rig.Items, item => item.IsForced);
    }

    [Fact]
    public async Task One_server_that_is_full_does_not_hold_up_another()
    {
        await using var full = await SmtpTestServer.StartAsync();
        await using var free = await SmtpTestServer.StartAsync();
        await using var rig = await QueueRig.OpenAsync(_gate);
        await LimitAsync(full, new SendLimit(1, LimitUnit.Messages, 3600), deferrals: 3);
        await rig.AddAsync(QueueRig.To(full.Port), 20);
        await rig.AddAsync(QueueRig.To(free.Port), 50);

        await RunUntilAsync(rig, () => free.MessageCount == 50 && full.MessageCount == 1);

        Assert.Equal((1, 50), (full.MessageCount, free.MessageCount));
    }

    private Task LimitAsync(SmtpTestServer server, SendLimit? limit, int deferrals) => _limits.SetSettingsAsync(
        ThrottleScope.OfServer($"127.0.0.1:{server.Port}").Key(),
        ThrottleSettingsText.Write(new ThrottleSettings
        {
            Limits = limit is null ? [] : [limit],
            Deferrals = deferrals,
            DeferralSeconds = 1,
        }),
        default);

    private static async Task<DistributorSummary> RunUntilAsync(QueueRig rig, Func<bool> isDone)
    {
        using var stop = new CancellationTokenSource();
        var running = rig.DistributeAsync(Continuous, stop.Token);
        await Wait.UntilAsync(isDone);
        await stop.CancelAsync();
        return await running;
    }
}
