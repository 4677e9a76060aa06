using System.Security.Cryptography;
using MailAdmin.Storage;
using static MailAdmin.Tests.Storage.QueueSamples;

namespace MailAdmin.Tests.Storage;

/// <summary>What every store's queue must do with contents, and with many who add at a time.</summary>
public abstract class ContentContract : StoreContract
{
    private const int Mega = 1024 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(131_071)]
    [InlineData(131_072)]
    [InlineData(131_073)]
    [InlineData(5 * Mega)]
    public async Task Content_comes_out_as_it_went_in(int size)
    {
        var content = RandomNumberGenerator.GetBytes(size);
        var added = await Queue.AddAsync(Item() with { WriteContentAsync = InPieces(content, 10_007) });

        Assert.Equal(size, added.Size);
        Assert.Equal(content, await ReadAsync(added.Id));
    }

    [Fact]
    public async Task Contents_are_read_together_where_they_are_still_there()
    {
        int[] sizes = [0, 700, 131_072, 300_000];
        var contents = sizes.Select(RandomNumberGenerator.GetBytes).ToArray();
        var ids = new List<long>();
        foreach (var content in contents)
        {
            ids.Add((await Queue.AddAsync(Item() with { WriteContentAsync = InPieces(content, 10_007) })).Id);
        }

        var removed = (await Queue.AddAsync(Item())).Id;
        await Queue.RemoveAsync([removed], default);

        var read = await Queue.ReadContentsAsync([.. ids, removed, 1_000_000], default);

        Assert.Equal(ids.Order(), read.Keys.Order());
        Assert.All(contents.Zip(ids), pair => Assert.Equal(pair.First, read[pair.Second]));
    }

    [Fact]
    public async Task Large_content_is_never_whole_in_memory()
    {
        const int Size = 64 * Mega;
        var piece = RandomNumberGenerator.GetBytes(Mega);
        var added = await Queue.AddAsync(Item() with
        {
            WriteContentAsync = async (stream, token) =>
            {
                for (var i = 0; i < Size / Mega; i++)
                {
                    await stream.WriteAsync(piece, token);
                }
            },
        });
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await using var stream = await Queue.OpenContentAsync(added.Id, default);
        var buffer = new byte[4096];
        long read = 0;
        long peak = 0;
        while (await stream.ReadAsync(buffer) is > 0 and var count)
        {
            read += count;
            peak = read % Mega == 0 ? Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true)) : peak;
        }

        Assert.Equal(Size, read);
        Assert.InRange(peak - before, long.MinValue, 4 * Mega);
    }

    [Fact]
    public async Task A_slow_producer_keeps_nobody_waiting()
    {
        var goOn = new TaskCompletionSource();
        var slow = Queue.AddAsync(Item() with
        {
            WriteContentAsync = async (stream, token) =>
            {
                await stream.WriteAsync(new byte[3 * Mega], token);
                await goOn.Task;
            },
        });

        var quick = await Queue.AddAsync(Item());

        Assert.Equal(quick.Id, (await Queue.TakeAsync()).Single().Id);
        goOn.SetResult();
        Assert.Equal(3 * Mega, (await slow).Size);
    }

    [Fact]
    public async Task A_producer_that_fails_leaves_nothing()
    {
        var failure = new IOException("The attachment is gone.");
        var thrown = await Assert.ThrowsAsync<IOException>(() => Queue.AddAsync(
            [
                Item(),
                Item() with
                {
                    WriteContentAsync = async (stream, token) =>
                    {
                        await stream.WriteAsync(new byte[Mega], token);
                        throw failure;
                    },
                },
            ],
            default));

        Assert.Same(failure, thrown);
        Assert.Empty(await Queue.FindAsync(new QueueFilter()).ToListAsync());
        Assert.Equal(0, await Queue.PurgeAsync(Clock.Now, default));
    }

    [Fact]
    public async Task Content_over_the_limit_is_refused_as_soon_as_it_is()
    {
        var item = Item() with { LargestSize = 1000, WriteContentAsync = InPieces(new byte[1001], 100) };

        var failure = await Assert.ThrowsAsync<MessageOverLimitException>(() => Queue.AddAsync(item));

        Assert.Equal(1000, failure.Limit);
        Assert.Equal(
            1000, (await Queue.AddAsync(item with { WriteContentAsync = InPieces(new byte[1000], 100) })).Size);
    }

    [Fact]
    public async Task A_batch_is_added_whole_or_not_at_all_and_in_its_order()
    {
        var items = await Queue.AddAsync(
            [.. Enumerable.Range(0, 300).Select(i => Item() with { Subject = $"{i}" })], default);

        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"{i}"), items.Select(i => i.Subject));
        Assert.Equal(items.Select(i => i.Id).Order(), items.Select(i => i.Id));
        Assert.Equal(300, await Queue.FindAsync(new QueueFilter()).CountAsync());
    }

    [Fact]
    public async Task Many_add_at_a_time_and_each_gets_its_own()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            var item = await Queue.AddAsync(Item($"content {i}") with { Subject = $"{i}" });
            return (i, item);
        }));

        Assert.Equal(200, all.Select(a => a.item.Id).Distinct().Count());
        foreach (var (i, item) in all)
        {
            Assert.Equal($"content {i}", await Queue.ReadAsync(item.Id));
            Assert.Equal($"{i}", (await Queue.FindAsync(item.Id))!.Subject);
        }
    }

    [Fact]
    public async Task What_is_cancelled_before_its_commit_is_not_there()
    {
        using var cancel = new CancellationTokenSource();
        var adding = Queue.AddAsync(
            [Item() with { WriteContentAsync = (_, token) => Task.Delay(Timeout.Infinite, token) }], cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => adding);
        Assert.Empty(await Queue.FindAsync(new QueueFilter()).ToListAsync());
    }

    [Fact]
    public async Task The_content_of_sent_items_is_purged_and_finished_items_when_their_time_is_over()
    {
        var ids = (await Queue.AddAsync([Item(), Item(), Item(new string('x', 20 * Mega))], default)).Select(i => i.Id)
            .ToArray();
        var taken = (await Queue.TakeAsync(3)).ToDictionary(item => item.Id);
        await Queue.RecordAsync(
            [
                Attempt(taken[ids[0]], QueueItemState.Sent, null, Ok),
                Attempt(taken[ids[1]], QueueItemState.Failed, null, Unknown),
            ],
            default);
        await Queue.ReleaseAsync("one", [new QueueRelease(ids[2])], default);

        Assert.Equal(1, await Queue.PurgeAsync(Clock.Now - TimeSpan.FromDays(30), default));
        await Assert.ThrowsAsync<StoreException>(() => Queue.OpenContentAsync(ids[0], default));
        Assert.NotEmpty(await Queue.ReadAsync(ids[1]));

        Clock.Now += TimeSpan.FromDays(31);
        Assert.Equal(2, await Queue.PurgeAsync(Clock.Now - TimeSpan.FromDays(30), default));
        Assert.Equal([ids[2]], (await Queue.FindAsync(new QueueFilter()).ToListAsync()).Select(i => i.Id));
        Assert.Equal(20 * Mega, (await Queue.ReadAsync(ids[2])).Length);
    }

    [Fact]
    public async Task What_a_killed_producer_left_is_purged_and_what_a_living_one_writes_is_not()
    {
        var goOn = new TaskCompletionSource();
        var written = new TaskCompletionSource();
        var living = Queue.AddAsync(Item() with
        {
            WriteContentAsync = async (stream, token) =>
            {
                await stream.WriteAsync(new byte[Mega], token);
                written.SetResult();
                await goOn.Task;
            },
        });
        await written.Task;
        Clock.Now += TimeSpan.FromHours(1);
        Assert.Equal(0, await Queue.PurgeAsync(Clock.Now, default));

        // As good as killed: it has not written anything for a day.
        Clock.Now += TimeSpan.FromDays(1);
        Assert.True(await Queue.PurgeAsync(Clock.Now, default) > 0);
        goOn.SetResult();
        Assert.Equal(StoreFault.NotFound, (await Assert.ThrowsAsync<StoreException>(() => living)).Fault);
    }

    private static Func<Stream, CancellationToken, Task> InPieces(byte[] content, int piece) =>
        async (stream, token) =>
        {
            foreach (var part in content.Chunk(piece))
            {
                await stream.WriteAsync(part, token);
            }
        };

    private async Task<byte[]> ReadAsync(long id)
    {
        await using var stream = await Queue.OpenContentAsync(id, default);
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
