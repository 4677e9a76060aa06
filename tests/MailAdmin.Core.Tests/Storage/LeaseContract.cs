using MailAdmin.Storage;
using MailAdmin.Transports;
using static MailAdmin.Tests.Storage.QueueSamples;

namespace MailAdmin.Tests.Storage;

/// <summary>
/// What every store's queue must do about leases and a clock that jumps: nothing is stuck, nothing is lost.
/// </summary>
public abstract class LeaseContract : StoreContract
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task What_a_killed_distributor_had_in_work_goes_to_another()
    {
        await Queue.AddAsync(Item());
        await Queue.TakeAsync(owner: "killed");

        Assert.Empty(await Queue.TakeAsync(owner: "other"));
        Clock.Now += TimeSpan.FromMinutes(2);
        Assert.Single(await Queue.TakeAsync(owner: "other"));
    }

    [Fact]
    public async Task A_renewed_lease_lasts()
    {
        await Queue.AddAsync(Item());
        var item = (await Queue.TakeAsync(owner: "slow")).Single();
        Clock.Now += TimeSpan.FromMinutes(1);

        Assert.Equal([item.Id], await Queue.RenewAsync("slow", [item.Id, 99], TimeSpan.FromMinutes(2), default));

        Clock.Now += TimeSpan.FromMinutes(1.5);
        Assert.Empty(await Queue.TakeAsync(owner: "other"));
        Assert.Empty(await Queue.RenewAsync("other", [item.Id], TimeSpan.FromMinutes(2), default));
    }

    [Fact]
    public async Task Who_lost_the_lease_still_says_who_has_the_message()
    {
        await Queue.AddAsync(Item(recipients: ["a@example.com", "b@example.com"]));
        var slow = (await Queue.TakeAsync(owner: "slow")).Single();
        Clock.Now += TimeSpan.FromMinutes(3);
        var other = (await Queue.TakeAsync(owner: "other")).Single();

        Assert.False(await Queue.RecordAsync(Attempt(slow, QueueItemState.Waiting, Clock.Now, Ok, TryLater) with
        {
            History = HistorySamples.Record(),
        }));

        Assert.Empty(await Queue.RenewAsync("slow", [slow.Id], TimeSpan.FromMinutes(2), default));
        Assert.Single(await Store.History.FindAsync(new HistoryFilter(), default).ToListAsync());
        Assert.True(await Queue.RecordAsync(Attempt(other, QueueItemState.Waiting, Clock.Now, TryLater, TryLater)));
        var again = (await Queue.TakeAsync()).Single();
        Assert.Equal(["b@example.com"], again.OpenEnvelope.Recipients.Select(r => r.Address.ToString()));
    }

    [Fact]
    public async Task Who_lost_the_lease_to_nobody_yet_finishes_the_item()
    {
        await Queue.AddAsync([Item(), Item() with { IsHeld = true }], default);
        var slow = (await Queue.TakeAsync(1, "slow")).Single();
        Clock.Now += TimeSpan.FromMinutes(3);

        // The lease is taken back, but nothing is taken.
        Assert.Empty(await Queue.TakeAsync(1, "other", "mail.example.com:25"));

        Assert.True(await Queue.RecordAsync(Attempt(slow, QueueItemState.Sent, null, Ok)));
        Assert.Equal(QueueItemState.Sent, (await Queue.FindAsync(slow.Id))!.State);
        Assert.Empty(await Queue.TakeAsync());
    }

    [Fact]
    public async Task An_attempt_on_a_removed_item_keeps_its_history()
    {
        await Queue.AddAsync(Item());
        var item = (await Queue.TakeAsync()).Single();
        await Queue.RecordAsync(Attempt(item, QueueItemState.Sent, null, Ok));
        await Queue.RemoveAsync([item.Id], default);

        Assert.False(await Queue.RecordAsync(
            Attempt(item, QueueItemState.Sent, null, Ok) with { History = HistorySamples.Record() }));
        Assert.Single(await Store.History.FindAsync(new HistoryFilter(), default).ToListAsync());
    }

    [Fact]
    public async Task A_lease_from_before_the_clock_went_back_is_over()
    {
        await Queue.AddAsync(Item());
        await Queue.TakeAsync(owner: "killed");

        Clock.Now += -Hour;

        Assert.Single(await Queue.TakeAsync(owner: "other"));
    }

    [Fact]
    public async Task What_was_due_before_the_clock_went_back_still_is()
    {
        await Queue.AddAsync(Item());
        Clock.Now += -Hour;
        await Queue.AddAsync(Item());

        Assert.Equal(2, (await Queue.TakeAsync()).Count);
    }

    [Fact]
    public async Task A_retry_waits_no_longer_than_the_clock_went_back()
    {
        await Queue.AddAsync(Item());
        var item = (await Queue.TakeAsync()).Single();
        await Queue.RecordAsync(Attempt(item, QueueItemState.Waiting, Clock.Now + TimeSpan.FromMinutes(5), TryLater));
        Clock.Now += -Hour;

        Assert.Empty(await Queue.TakeAsync());
        Clock.Now += Hour + TimeSpan.FromMinutes(5);
        Assert.Single(await Queue.TakeAsync());
    }

    [Fact]
    public async Task A_clock_that_leaps_ahead_and_back_loses_nothing()
    {
        await Queue.AddAsync([.. Enumerable.Repeat(Item(), 10)], default);
        foreach (var leap in new[] { Hour, -Hour, TimeSpan.FromDays(1), -TimeSpan.FromDays(1), -Hour })
        {
            Clock.Now += leap;
            var items = await Queue.TakeAsync(4, $"owner {leap}");
            Assert.InRange(items.Count, 2, 4);
            await Queue.RecordAsync(
                [.. items.Take(2).Select(i => Attempt(i, QueueItemState.Sent, null, Ok))], default);
        }

        var all = await Queue.FindAsync(new QueueFilter()).ToListAsync();
        Assert.All(all, item => Assert.Equal(QueueItemState.Sent, item.State));
        Assert.All(all, item => Assert.Equal(RecipientStatus.Accepted, item.Recipients.Single().Status));
    }
}
