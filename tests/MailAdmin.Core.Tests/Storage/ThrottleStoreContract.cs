using MailAdmin.Storage;
using MailAdmin.Tests.Throttling;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Storage;

/// <summary>
/// What every store must keep to: exact windows, shared by all who open it, whatever clock and processes do.
/// </summary>
public abstract class ThrottleStoreContract
{
    private const string Key = "Server:mail.example.com";
    private const string Tenant = "Provider:Microsoft365/external";

    private static readonly TimeSpan Tick = TimeSpan.FromMicroseconds(1);
    private static readonly SendLimit PerMinute = new(30, LimitUnit.Messages, 60);

    private readonly WallClock _clock = new();

    [Fact]
    public async Task The_place_of_a_message_is_free_again_after_the_windows_length_and_not_earlier()
    {
        var store = await OpenAsync(_clock);
        for (var i = 0; i < 30; i++)
        {
            await SendAsync(store, PerMinute);
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        var full = await AskAsync(store, PerMinute);
        Assert.Null(full.Reservation);
        Assert.Equal(PerMinute, full.Full?.Limit);

        _clock.Advance(full.Wait - Tick);
        Assert.Equal(Tick, (await AskAsync(store, PerMinute)).Wait);
        _clock.Advance(Tick);
        Assert.NotNull((await AskAsync(store, PerMinute)).Reservation);
        Assert.Null((await AskAsync(store, PerMinute)).Reservation);
    }

    [Fact]
    public async Task No_sixty_go_around_the_minute()
    {
        var store = await OpenAsync(_clock);
        _clock.Advance(TimeSpan.FromSeconds(59));
        for (var i = 0; i < 30; i++)
        {
            await SendAsync(store, PerMinute);
        }

        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null((await AskAsync(store, PerMinute)).Reservation);
    }

    [Fact]
    public async Task What_is_under_way_keeps_its_place_until_it_has_ended_and_the_windows_length_more()
    {
        var store = await OpenAsync(_clock);
        var limit = new SendLimit(1, LimitUnit.Messages, 10);
        var slow = await AskAsync(store, limit);
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Null((await AskAsync(store, limit)).Reservation);

        await store.SettleAsync(slow.Reservation!.Value, isUsed: true, default);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Null((await AskAsync(store, limit)).Reservation);
        _clock.Advance(Tick);
        Assert.NotNull((await AskAsync(store, limit)).Reservation);
    }

    [Fact]
    public async Task What_was_not_used_is_free_at_once()
    {
        var store = await OpenAsync(_clock);
        var limit = new SendLimit(1, LimitUnit.Messages, 60);
        var refused = await AskAsync(store, limit);
        await store.SettleAsync(refused.Reservation!.Value, isUsed: false, default);

        var used = await AskAsync(store, limit);
        Assert.NotNull(used.Reservation);
        await store.SettleAsync(used.Reservation.Value, isUsed: true, default);
        await store.SettleAsync(used.Reservation.Value, isUsed: false, default);
        Assert.Null((await AskAsync(store, limit)).Reservation);
    }

    [Fact]
    public async Task What_a_killed_process_left_counts_as_used_when_its_lease_ends()
    {
        var store = await OpenAsync(_clock);
        var limit = new SendLimit(1, LimitUnit.Messages, 60);
        await AskAsync(store, limit);
        _clock.Advance(store.Lifetime);
        Assert.Equal(TimeSpan.FromSeconds(60), (await AskAsync(store, limit)).Wait);

        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.NotNull((await AskAsync(store, limit)).Reservation);
    }

    [Fact]
    public async Task A_lease_that_is_noticed_late_ended_in_time()
    {
        var store = await OpenAsync(_clock);
        await AskAsync(store, PerMinute);
        _clock.Advance(TimeSpan.FromHours(3));
        var use = await UseAsync(store, PerMinute);

        Assert.Equal(0, await UsedAfterReserveAsync(store));
        Assert.True(use.Used <= 1);

        async Task<long> UsedAfterReserveAsync(IThrottleStore shared)
        {
            var next = await AskAsync(shared, PerMinute);
            await shared.SettleAsync(next.Reservation!.Value, isUsed: false, default);
            return (await UseAsync(shared, PerMinute)).Used;
        }
    }

    [Fact]
    public async Task Who_renews_keeps_places_and_connections()
    {
        var store = await OpenAsync(_clock);
        var limit = new SendLimit(1, LimitUnit.Messages, 1);
        await AskAsync(store, limit, owner: "long");
        Assert.NotNull(await store.TakeConnectionAsync(Key, 1, "long", default));
        for (var i = 0; i < 10; i++)
        {
            _clock.Advance(store.Lifetime - Tick);
            await store.RenewAsync("long", default);
            await store.RenewAsync("other", default);
        }

        Assert.Null((await AskAsync(store, limit)).Reservation);
        Assert.Null(await store.TakeConnectionAsync(Key, 1, "other", default));
        _clock.Advance(store.Lifetime + TimeSpan.FromSeconds(1));
        Assert.NotNull((await AskAsync(store, limit)).Reservation);
        Assert.NotNull(await store.TakeConnectionAsync(Key, 1, "other", default));
    }

    [Fact]
    public async Task All_windows_must_have_room_or_none_is_charged()
    {
        var store = await OpenAsync(_clock);
        var external = new ThrottleRule(Tenant, new SendLimit(5, LimitUnit.Recipients, 86_400));
        var request = new ThrottleRequest
        {
            Rules = [new ThrottleRule(Key, PerMinute), external],
            Charges = [new ThrottleCharge(Key, 1, 8), new ThrottleCharge(Tenant, 1, 4)],
            Owner = "test",
        };

        Assert.NotNull((await store.ReserveAsync(request, default)).Reservation);
        var full = await store.ReserveAsync(request, default);

        Assert.Null(full.Reservation);
        Assert.Equal(external, full.Full);
        Assert.Equal(1, (await UseAsync(store, PerMinute)).Used);
        Assert.Equal(4, (await store.GetUseAsync([external], default))[0].Used);
    }

    [Fact]
    public async Task Recipients_are_counted_one_by_one()
    {
        var store = await OpenAsync(_clock);
        var limit = new SendLimit(100, LimitUnit.Recipients, 86_400);
        await SendAsync(store, limit, recipients: 60);
        _clock.Advance(TimeSpan.FromHours(1));
        await SendAsync(store, limit, recipients: 40);

        Assert.Equal(TimeSpan.FromHours(23) + Tick, (await AskAsync(store, limit, recipients: 60)).Wait);
        Assert.Equal(TimeSpan.FromHours(24) + Tick, (await AskAsync(store, limit, recipients: 61)).Wait);
        var never = await AskAsync(store, limit, recipients: 101);
        Assert.True(never.NeverFits);
    }

    [Fact]
    public async Task A_full_day_of_ten_thousand_is_exact_to_the_message()
    {
        const int AtOnce = 400;
        var store = await OpenAsync(_clock);
        var limit = new SendLimit(25 * AtOnce, LimitUnit.Messages, 86_400);
        for (var i = 0; i < 25; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => SendAsync(store, limit)));
            _clock.Advance(TimeSpan.FromMinutes(30));
        }

        Assert.Null((await AskAsync(store, limit)).Reservation);
        Assert.Equal(limit.Count, (await UseAsync(store, limit)).Used);
        _clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMinutes(30 * (25 - 7)));
        Assert.Equal(limit.Count - (7 * AtOnce), (await UseAsync(store, limit)).Used);
        Assert.NotNull((await AskAsync(store, limit)).Reservation);
    }

    [Fact]
    public async Task Processes_share_the_windows()
    {
        var (one, other) = (await OpenAsync(_clock), await OpenAsync(_clock));
        for (var i = 0; i < 15; i++)
        {
            await SendAsync(one, PerMinute);
            await SendAsync(other, PerMinute);
        }

        Assert.Null((await AskAsync(one, PerMinute)).Reservation);
        Assert.Null((await AskAsync(other, PerMinute)).Reservation);
        Assert.Equal([Key], await other.GetKeysAsync("Server:mail", default));
        Assert.Empty(await other.GetKeysAsync("Method:", default));
    }

    [Fact]
    public async Task Many_at_once_get_as_many_places_as_there_are()
    {
        IThrottleStore[] stores = [await OpenAsync(_clock), await OpenAsync(_clock), await OpenAsync(_clock)];
        var replies = await Task.WhenAll(Enumerable.Range(0, 90).Select(i => AskAsync(stores[i % 3], PerMinute)));

        Assert.Equal(30, replies.Count(reply => reply.Reservation is not null));
        Assert.Equal(30, replies.Select(reply => reply.Reservation).OfType<long>().Distinct().Count());
    }

    [Fact]
    public async Task A_clock_that_jumps_back_an_hour_neither_blocks_nor_lets_a_burst_through()
    {
        var store = await OpenAsync(_clock);
        for (var i = 0; i < 30; i++)
        {
            await SendAsync(store, PerMinute);
        }

        _clock.Advance(TimeSpan.FromHours(-1));
        var full = await AskAsync(store, PerMinute);
        Assert.Null(full.Reservation);
        Assert.InRange(full.Wait, TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(61));

        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Null((await AskAsync(store, PerMinute)).Reservation);
        _clock.Advance(TimeSpan.FromSeconds(31));
        for (var i = 0; i < 30; i++)
        {
            Assert.NotNull((await AskAsync(store, PerMinute)).Reservation);
        }

        Assert.Null((await AskAsync(store, PerMinute)).Reservation);
    }

    [Fact]
    public async Task There_are_no_more_connections_than_allowed_and_a_closed_one_lingers_for_a_second()
    {
        var (one, other) = (await OpenAsync(_clock), await OpenAsync(_clock));
        var first = await one.TakeConnectionAsync(Key, 3, "one", default);
        Assert.NotNull(await one.TakeConnectionAsync(Key, 3, "one", default));
        Assert.NotNull(await other.TakeConnectionAsync(Key, 3, "other", default));
        Assert.Null(await other.TakeConnectionAsync(Key, 3, "other", default));
        Assert.Equal(3, await other.CountConnectionsAsync(Key, default));
        Assert.NotNull(await other.TakeConnectionAsync(Tenant, 3, "other", default));

        await one.ReleaseConnectionAsync(first!.Value, default);
        await one.RenewAsync("one", default);
        Assert.Null(await other.TakeConnectionAsync(Key, 3, "other", default));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await other.TakeConnectionAsync(Key, 3, "other", default));

        _clock.Advance(one.Lifetime);
        Assert.Equal(0, await one.CountConnectionsAsync(Key, default));
    }

    [Fact]
    public async Task Settings_are_kept_by_scope()
    {
        var (one, other) = (await OpenAsync(_clock), await OpenAsync(_clock));
        await one.SetSettingsAsync("a", "1", default);
        await one.SetSettingsAsync("b", "2", default);
        await other.SetSettingsAsync("a", "3", default);
        await other.SetSettingsAsync("b", null, default);

        Assert.Equal(new Dictionary<string, string> { ["a"] = "3" }, await one.GetSettingsAsync(default));
    }

    [Fact]
    public async Task A_raised_limit_lets_items_ask_at_once()
    {
        var store = await OpenAsync(_clock);
        var (tight, wide) = (new SendLimit(1, LimitUnit.Messages, 60), new SendLimit(9, LimitUnit.Messages, 60));
        await SendAsync(store, tight);
        Assert.True((await AskAsync(store, tight, item: 1)).IsCounted);
        Assert.False((await AskAsync(store, wide, item: 2)).IsCounted);

        await store.SetSettingsAsync("a", "1", default);
        Assert.NotNull((await AskAsync(store, wide, item: 2)).Reservation);
    }

    /// <summary>Opens the one store of this test once more, as another process would.</summary>
    private protected abstract Task<IThrottleStore> OpenAsync(TimeProvider clock);

    private static Task<ThrottleReply> AskAsync(
        IThrottleStore store, SendLimit limit, int recipients = 1, string owner = "test", long? item = null) =>
        store.ReserveAsync(
            new ThrottleRequest
            {
                Rules = [new ThrottleRule(Key, limit)],
                Charges = [new ThrottleCharge(Key, 1, recipients)],
                Owner = owner,
                Item = item,
            },
            default);

    private static async Task SendAsync(IThrottleStore store, SendLimit limit, int recipients = 1)
    {
        var reply = await AskAsync(store, limit, recipients);
        await store.SettleAsync(reply.Reservation!.Value, isUsed: true, default);
    }

    private static async Task<ThrottleUse> UseAsync(IThrottleStore store, SendLimit limit) =>
        (await store.GetUseAsync([new ThrottleRule(Key, limit)], default))[0];
}
