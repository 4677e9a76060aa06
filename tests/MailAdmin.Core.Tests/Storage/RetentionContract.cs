using MailAdmin.Smtp;
using MailAdmin.Storage;
using static MailAdmin.Tests.Storage.QueueSamples;

namespace MailAdmin.Tests.Storage;

/// <summary>What every store must do when what is over and done with is removed.</summary>
public abstract class RetentionContract : StoreContract
{
    private const int Mega = 1024 * 1024;

    private static readonly (QueueItemState State, SmtpReply? Reply)[] Ends =
    [
        (QueueItemState.Sent, Ok),
        (QueueItemState.PartlySent, Ok),
        (QueueItemState.Failed, Unknown),
        (QueueItemState.Expired, null),
    ];

    [Fact]
    public async Task Of_thousands_those_go_that_are_older_than_the_options_say_and_what_waits_stays()
    {
        var options = new EmailOptions { Retention = TimeSpan.FromDays(10) };
        await options.SaveAsync(Store.Options, new EmailOptions(), default);
        var waiting = (await Queue.AddAsync([.. Enumerable.Repeat(Item(), 50)], default)).Select(i => i.Id).ToList();
        var held = (await Queue.AddAsync([.. Enumerable.Repeat(Item() with { IsHeld = true }, 50)], default))
            .Select(i => i.Id).ToList();
        await FinishAsync(700, "old");
        Clock.Now += TimeSpan.FromDays(1);
        await FinishAsync(20, "young");
        var inWork = (await Queue.AddAsync([.. Enumerable.Repeat(Item(), 30)], default)).Select(i => i.Id).ToList();

        // The old ones are a moment beyond their ten days, the young ones a day short of it.
        Clock.Now += TimeSpan.FromDays(9) + TimeSpan.FromSeconds(1);
        await TakeOnlyAsync(inWork);
        await Retention.ApplyAsync(Store, default);

        var left = await Queue.FindAsync(new QueueFilter()).ToListAsync();
        Assert.Equal(
            waiting.Concat(held).Concat(inWork).Order(),
            left.Where(item => !item.State.IsFinished()).Select(item => item.Id));
        Assert.Equal(80, left.Count(item => item.State.IsFinished()));
        Assert.All(left, item => Assert.NotEqual("old", item.Subject));
        foreach (var item in left)
        {
            await AssertContentAsync(item);
        }

        var history = await Store.History.FindAsync(new HistoryFilter(), default).ToListAsync();
        Assert.Equal(80, history.Count);
        Assert.All(history, record => Assert.Equal("young", record.Subject));
    }

    [Fact]
    public async Task Without_an_option_it_is_thirty_days()
    {
        await FinishAsync(1, "old");
        Clock.Now += TimeSpan.FromDays(30);
        await Retention.ApplyAsync(Store, default);
        Assert.Equal(4, await Queue.FindAsync(new QueueFilter()).CountAsync());
        Assert.Equal(4, await Store.History.FindAsync(new HistoryFilter(), default).CountAsync());

        Clock.Now += TimeSpan.FromSeconds(1);
        await Retention.ApplyAsync(Store, default);
        Assert.Equal(0, await Queue.FindAsync(new QueueFilter()).CountAsync());
        Assert.Equal(0, await Store.History.FindAsync(new HistoryFilter(), default).CountAsync());
    }

    [Fact]
    public async Task Whenever_it_is_stopped_no_item_has_half_of_its_content()
    {
        var random = new Random(11);
        for (var size = 1; size <= 24; size += 5)
        {
            await Queue.AddAsync(Item(new string('x', size * Mega)));
        }

        foreach (var taken in await Queue.TakeAsync(10))
        {
            await Queue.RecordAsync([Attempt(taken, QueueItemState.Failed, null, Unknown)], default);
        }

        Clock.Now += TimeSpan.FromDays(31);
        for (var stops = 0; stops < 200 && await Queue.FindAsync(new QueueFilter()).AnyAsync(); stops++)
        {
            using var stop = new CancellationTokenSource();
            stop.CancelAfter(random.Next(0, 12));
            try
            {
                await Queue.PurgeAsync(Clock.Now - TimeSpan.FromDays(30), stop.Token);
            }
            catch (OperationCanceledException)
            {
            }

            await foreach (var item in Queue.FindAsync(new QueueFilter()))
            {
                await AssertContentAsync(item);
            }
        }

        await Queue.PurgeAsync(Clock.Now, default);
        Assert.Equal(0, await Queue.PurgeAsync(Clock.Now, default));
        Assert.False(await Queue.FindAsync(new QueueFilter()).AnyAsync());
    }

    [Fact]
    public async Task A_producer_that_wakes_up_after_a_purge_is_refused_and_does_not_leave_the_rest_of_its_content()
    {
        var goOn = new TaskCompletionSource();
        var written = new TaskCompletionSource();
        var sleeper = Queue.AddAsync(Item() with
        {
            WriteContentAsync = async (stream, token) =>
            {
                await stream.WriteAsync(new byte[Mega], token);
                written.SetResult();
                await goOn.Task;
                await stream.WriteAsync(new byte[Mega], token);
            },
        });
        await written.Task;
        Clock.Now += TimeSpan.FromDays(1);
        await Queue.PurgeAsync(Clock.Now, default);
        goOn.SetResult();

        Assert.Equal(StoreFault.NotFound, (await Assert.ThrowsAsync<StoreException>(() => sleeper)).Fault);
        Assert.False(await Queue.FindAsync(new QueueFilter()).AnyAsync());
        Clock.Now += TimeSpan.FromDays(1);
        Assert.Equal(0, await Queue.PurgeAsync(Clock.Now, default));
    }

    /// <summary>Adds items and finishes them now: so many in each of the states that are an end.</summary>
    private async Task FinishAsync(int each, string subject)
    {
        foreach (var (state, reply) in Ends)
        {
            var items = await Queue.AddAsync([.. Enumerable.Repeat(Item() with { Subject = subject }, each)], default);
            var taken = await TakeOnlyAsync([.. items.Select(item => item.Id)]);
            await Queue.RecordAsync(
                [
                    .. taken.Select(item => (reply is null
                        ? Attempt(item, state, null)
                        : Attempt(item, state, null, reply)) with
                    {
                        History = HistorySamples.Record() with { Subject = subject, QueueId = item.Id },
                    }),
                ],
                default);
        }
    }

    /// <summary>Takes all that is due, and gives back what is not asked for.</summary>
    private async Task<IReadOnlyList<QueueItem>> TakeOnlyAsync(IReadOnlyCollection<long> ids)
    {
        var taken = await Queue.TakeAsync(5000);
        await Queue.ReleaseAsync(
            "one", [.. taken.Where(item => !ids.Contains(item.Id)).Select(item => new QueueRelease(item.Id))], default);
        var found = taken.Where(item => ids.Contains(item.Id)).ToList();
        Assert.Equal(ids.Count, found.Count);
        return found;
    }

    private async Task AssertContentAsync(QueueItem item)
    {
        if (item.State == QueueItemState.Sent)
        {
            var gone = await Assert.ThrowsAsync<StoreException>(() => Queue.OpenContentAsync(item.Id, default));
            Assert.Equal(StoreFault.NotFound, gone.Fault);
        }
        else
        {
            Assert.Equal(item.Size, (await Queue.ReadAsync(item.Id)).Length);
        }
    }
}
