using MailAdmin.Storage;
using static MailAdmin.Tests.Storage.QueueSamples;

namespace MailAdmin.Tests.Storage;

/// <summary>In which order every store's queue must give items, and which it must leave out.</summary>
public abstract class QueueOrderContract : StoreContract
{
    [Fact]
    public async Task The_oldest_goes_first_whatever_its_destination()
    {
        for (var i = 0; i < 6; i++)
        {
            await Queue.AddAsync(Item(destination: i % 2 == 0 ? "even" : "odd") with { Subject = $"{i}" });
            Clock.Now += TimeSpan.FromSeconds(1);
        }

        Assert.Equal(["0", "1", "2"], (await Queue.TakeAsync(3)).Select(i => i.Subject));
        Assert.Equal(["3", "4", "5"], (await Queue.TakeAsync(3)).Select(i => i.Subject));
    }

    [Fact]
    public async Task High_goes_first_and_low_goes_all_the_same()
    {
        await Queue.AddAsync([.. Enumerable.Repeat(Item() with { Priority = QueuePriority.Low }, 40)], default);
        await Queue.AddAsync([.. Enumerable.Repeat(Item(), 40)], default);
        Clock.Now += TimeSpan.FromHours(1);
        await Queue.AddAsync([.. Enumerable.Repeat(Item() with { Priority = QueuePriority.High }, 40)], default);

        var taken = new List<QueueItem>();
        for (var i = 0; i < 32; i++)
        {
            taken.AddRange(await Queue.TakeAsync(1));
        }

        Assert.Equal(24, taken.Count(i => i.Priority == QueuePriority.High));
        Assert.Equal(6, taken.Count(i => i.Priority == QueuePriority.Normal));
        Assert.Equal(2, taken.Count(i => i.Priority == QueuePriority.Low));
        Assert.Equal(QueuePriority.High, taken[0].Priority);
    }

    [Fact]
    public async Task Low_alone_has_all_turns()
    {
        await Queue.AddAsync([.. Enumerable.Repeat(Item() with { Priority = QueuePriority.Low }, 20)], default);

        Assert.Equal(20, (await Queue.TakeAsync(20)).Count);
    }

    [Fact]
    public async Task Destinations_that_are_left_out_hold_no_other()
    {
        await Queue.AddAsync([.. Enumerable.Repeat(Item(destination: "down"), 50)], default);
        await Queue.AddAsync(Item(destination: "up"));

        Assert.Equal(["up"], (await Queue.TakeAsync(10, "one", "down")).Select(i => i.Destination));
        Assert.Empty(await Queue.TakeAsync(10, "one", "down", "up"));
    }

    [Fact]
    public async Task A_destination_gets_no_more_than_its_share()
    {
        foreach (var destination in new[] { "a", "b", "c" })
        {
            await Queue.AddAsync([.. Enumerable.Repeat(Item(destination: destination), 5)], default);
        }

        var taken = await Queue.TakeAsync(
            new TakeRequest
            {
                Owner = "one",
                Count = 10,
                PerDestination = 2,
                Destinations = new Dictionary<string, int> { ["c"] = 1 },
            },
            default);

        Assert.Equal(
            [("a", 2), ("b", 2), ("c", 1)],
            taken.GroupBy(i => i.Destination).Select(g => (g.Key, g.Count())).Order());
    }

    [Fact]
    public async Task Back_off_of_a_destination_holds_in_all_processes_and_ends()
    {
        await Queue.AddAsync(Item(destination: "down"));
        await Queue.AddAsync(Item(destination: "up"));
        var until = Clock.Now + TimeSpan.FromMinutes(10);
        var state = new DestinationState("down", 3, until, "no route to host");
        await Queue.SetDestinationAsync(state, default);
        await ReopenAsync();

        Assert.Equal(state, await Queue.GetDestinationAsync("down", default));
        Assert.Equal(new DestinationState("new"), await Queue.GetDestinationAsync("new", default));
        var up = (await Queue.TakeAsync()).Single();
        Assert.Equal("up", up.Destination);
        await Queue.RecordAsync(Attempt(up, QueueItemState.Sent, null, Ok));

        // What is added in the meantime waits as well.
        await Queue.AddAsync(Item(destination: "down"));
        Assert.Empty(await Queue.TakeAsync());
        Clock.Now += TimeSpan.FromMinutes(10);
        Assert.Equal(2, (await Queue.TakeAsync()).Count);
    }

    [Fact]
    public async Task An_attempt_may_set_the_back_off_in_the_same_commit()
    {
        await Queue.AddAsync([Item(destination: "down"), Item(destination: "down")], default);
        var item = (await Queue.TakeAsync(1)).Single();

        await Queue.RecordAsync(Attempt(item, QueueItemState.Waiting, Clock.Now) with
        {
            Destination = new DestinationState("down", 1, Clock.Now + TimeSpan.FromMinutes(1)),
        });

        Assert.Empty(await Queue.TakeAsync());
    }

    [Fact]
    public async Task Resuming_an_item_opens_its_destination()
    {
        var added = await Queue.AddAsync(Item(destination: "down"));
        await Queue.SetDestinationAsync(new DestinationState("down", 3, Clock.Now + TimeSpan.FromHours(1)), default);

        await Queue.ResumeAsync([added.Id], null, default);

        Assert.Single(await Queue.TakeAsync());
    }

    [Fact]
    public async Task Next_due_is_the_earliest_of_all_that_may_happen()
    {
        Assert.Null(await Queue.NextDueAsync(default));
        await Queue.AddAsync(Item() with { NotBefore = Clock.Now + TimeSpan.FromHours(2) });
        Assert.Equal(Clock.Now + TimeSpan.FromHours(2), await Queue.NextDueAsync(default));

        await Queue.AddAsync(Item());
        Assert.True(await Queue.NextDueAsync(default) <= Clock.Now);

        // A lease that runs out is something to take, too.
        await Queue.TakeAsync();
        Assert.Equal(Clock.Now + TimeSpan.FromMinutes(2), await Queue.NextDueAsync(default));
    }

    [Fact]
    public async Task Filters_find_what_they_say()
    {
        var start = Clock.Now;
        await Queue.AddAsync(Item(recipients: ["Anna@example.com"]));
        Clock.Now += TimeSpan.FromHours(1);
        await Queue.AddAsync(Item(destination: "other", recipients: ["bob@example.net", "x@example.org"]) with
        {
            MessageId = "2@example.com",
        });
        await Queue.AddAsync(Item(recipients: ["c@example.org"]) with { IsHeld = true });
        var failed = (await Queue.TakeAsync(1)).Single();
        await Queue.RecordAsync(Attempt(failed, QueueItemState.Failed, null, Unknown));

        async Task<string> Find(QueueFilter filter) =>
            string.Join(' ', (await Queue.FindAsync(filter).ToListAsync()).Select(i => i.Id));

        Assert.Equal("1 2 3", await Find(new QueueFilter()));
        Assert.Equal("1 2", await Find(new QueueFilter { First = 2 }));
        Assert.Equal("1 3", await Find(new QueueFilter { States = [QueueItemState.Held, QueueItemState.Failed] }));
        Assert.Equal("2", await Find(new QueueFilter { States = [QueueItemState.Waiting] }));
        Assert.Equal("2", await Find(new QueueFilter { Destination = "other" }));
        Assert.Equal("1", await Find(new QueueFilter { Recipient = "ANNA@EXAMPLE.COM" }));
        Assert.Equal("2 3", await Find(new QueueFilter { Recipient = "*@example.org" }));
        Assert.Equal("1 2 3", await Find(new QueueFilter { Sender = "sender@*" }));
        Assert.Empty(await Find(new QueueFilter { Sender = "sender_@*" }));
        Assert.Equal("2", await Find(new QueueFilter { MessageId = "2@example.com" }));
        Assert.Equal("1", await Find(new QueueFilter { Before = start + TimeSpan.FromMinutes(1) }));
        Assert.Equal("2 3", await Find(new QueueFilter { After = start + TimeSpan.FromMinutes(1) }));
        Assert.Equal("3", await Find(new QueueFilter { Ids = [3, 9] }));
    }

    [Fact]
    public async Task Many_items_are_found_page_by_page()
    {
        await Queue.AddAsync([.. Enumerable.Repeat(Item(), 450)], default);

        Assert.Equal(
            Enumerable.Range(1, 450).Select(i => (long)i),
            (await Queue.FindAsync(new QueueFilter()).ToListAsync()).Select(i => i.Id));
        var some = Queue.FindAsync(new QueueFilter { First = 401, States = [QueueItemState.Waiting] });
        Assert.Equal(401, await some.CountAsync());
    }
}
