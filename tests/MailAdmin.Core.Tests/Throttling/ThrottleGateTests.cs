using MailAdmin.Addressing;
using MailAdmin.Storage;
using MailAdmin.Tests.Storage;
using MailAdmin.Throttling;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Throttling;

public sealed class ThrottleGateTests : IAsyncDisposable
{
    private const string Server = "mail.example.com:25";

    private static readonly ThrottlePolicyFinder Finder = new(SendMethodCatalog.BuiltIn);
    private static readonly ThrottleSubject Route = new("Smtp", Server, null);

    private readonly WallClock _clock = new();
    private readonly ModelThrottleStore _store;
    private readonly ThrottleGate _gate;

    public ThrottleGateTests()
    {
        _store = new ModelThrottleStore(_clock);
        _gate = new ThrottleGate(_store, Finder, _clock);
    }

    public ValueTask DisposeAsync() => _gate.DisposeAsync();

    [Fact]
    public async Task A_route_without_limits_takes_no_place_anywhere()
    {
        var granted = Assert.IsType<ThrottleGranted>(await AskAsync(1));
        await granted.Permit.SettleAsync(isUsed: true, default);

        Assert.Empty(await _store.GetKeysAsync("", default));
        await using var connection = await _gate.TryOpenConnectionAsync(Route, default);
        Assert.NotNull(connection);
        Assert.Empty(await _store.GetKeysAsync("", default));
    }

    [Fact]
    public async Task After_ten_deferrals_an_item_is_attempted_all_the_same_and_marked()
    {
        await SetAsync(new ThrottleSettings { Limits = [new SendLimit(1, LimitUnit.Messages, 60)] });
        await FillAsync();
        var deferrals = 0;
        while (await AskAsync(7, deferrals) is ThrottleDeferred deferred)
        {
            Assert.True(deferred.IsCounted);
            Assert.InRange(deferred.Until - _clock.Now, TimeSpan.Zero, TimeSpan.FromMinutes(1));
            deferrals++;
            _clock.Advance(deferred.Until - _clock.Now);
            await FillAsync();
        }

        Assert.Equal(10, deferrals);
        Assert.True(Assert.IsType<ThrottleGranted>(await AskAsync(7, deferrals)).IsForced);
    }

    [Fact]
    public async Task Without_an_end_of_deferrals_nothing_is_forced()
    {
        await SetAsync(new ThrottleSettings { Limits = [new SendLimit(1, LimitUnit.Messages, 60)], Deferrals = 0 });
        await FillAsync();

        Assert.IsType<ThrottleDeferred>(await AskAsync(7, deferrals: 1000));
    }

    [Fact]
    public async Task A_limit_that_is_removed_while_items_wait_holds_nobody_up()
    {
        await SetAsync(new ThrottleSettings { Limits = [new SendLimit(1, LimitUnit.Messages, 60)] });
        await FillAsync();
        Assert.IsType<ThrottleDeferred>(await AskAsync(1));
        Assert.IsType<ThrottleDeferred>(await AskAsync(2));

        await SetAsync(new ThrottleSettings { Limits = [] });
        Assert.IsType<ThrottleGranted>(await AskAsync(2));
    }

    [Fact]
    public async Task Two_servers_do_not_hold_each_other_up()
    {
        await SetAsync(new ThrottleSettings { Limits = [new SendLimit(1, LimitUnit.Messages, 60)] });
        var other = ThrottleScope.OfServer("other.example.com").Key();
        await _store.SetSettingsAsync(
            other, """{"limits":[{"count":5,"unit":"Messages","windowSeconds":60}]}""", default);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await FillAsync();

        Assert.IsType<ThrottleDeferred>(await AskAsync(1));
        Assert.IsType<ThrottleGranted>(
            await AskAsync(2, route: new ThrottleSubject("Smtp", "other.example.com:25", null)));
    }

    [Fact]
    public async Task What_the_store_does_not_settle_now_is_settled_later()
    {
        await SetAsync(new ThrottleSettings { Limits = [new SendLimit(1, LimitUnit.Messages, 60)] });
        var granted = Assert.IsType<ThrottleGranted>(await AskAsync(null));
        await granted.Permit.SettleAsync(isUsed: false, new CancellationToken(canceled: true));

        await _gate.DisposeAsync();

        Assert.NotNull((await UseAsync()).Rule);
        Assert.Equal(0, (await UseAsync()).Used);
    }

    [Fact]
    public async Task Connections_are_shared_and_come_back()
    {
        await SetAsync(new ThrottleSettings { Connections = 2 });
        await using var other = new ThrottleGate(_store, Finder, _clock);
        var first = await _gate.TryOpenConnectionAsync(Route, default);
        Assert.NotNull(await other.TryOpenConnectionAsync(Route, default));
        Assert.Null(await _gate.TryOpenConnectionAsync(Route, default));

        await first!.DisposeAsync();
        await first.DisposeAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await _gate.TryOpenConnectionAsync(Route, default));
        Assert.Null(await _gate.TryOpenConnectionAsync(Route, default));
    }

    [Fact]
    public async Task Settings_that_cannot_be_read_are_an_error_that_names_the_remedy()
    {
        await _store.SetSettingsAsync(ThrottleScope.OfServer("mail.example.com").Key(), "{nonsense", default);

        var failure = await Assert.ThrowsAsync<StoreException>(() => AskAsync(1));
        Assert.Contains("Set-EmailThrottle", failure.RecommendedAction, StringComparison.Ordinal);
    }

    private async Task SetAsync(ThrottleSettings settings)
    {
        var key = ThrottleScope.OfServer("mail.example.com").Key();
        await _store.SetSettingsAsync(key, ThrottleSettingsText.Write(settings), default);
        _clock.Advance(TimeSpan.FromSeconds(1));
    }

    private Task<ThrottleDecision> AskAsync(long? item, int deferrals = 0, ThrottleSubject? route = null) =>
        _gate.AcquireAsync(
            new ThrottledMessage
            {
                Route = route ?? Route,
                Recipients = [EmailAddress.Parse("anna@example.com")],
                Item = item,
                Deferrals = deferrals,
            },
            default);

    // Somebody else takes what place there is.
    private async Task FillAsync()
    {
        if (await AskAsync(null) is ThrottleGranted granted)
        {
            await granted.Permit.SettleAsync(isUsed: true, default);
        }
    }

    private async Task<ThrottleUse> UseAsync()
    {
        var rule = new ThrottleRule(
            ThrottleScope.OfServer("mail.example.com").Key(), new SendLimit(1, LimitUnit.Messages, 60));
        return (await _store.GetUseAsync([rule], default))[0];
    }
}
