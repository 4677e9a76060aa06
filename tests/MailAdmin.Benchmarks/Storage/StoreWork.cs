using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Smtp;
using MailAdmin.Storage;
using MailAdmin.Transports;

namespace MailAdmin.Benchmarks.Storage;

/// <summary>What is done with a store, as often as it goes. Each step returns how many operations it was.</summary>
internal static class StoreWork
{
    private const int Destinations = 100;
    private const int Batch = 1000;
    private const string Down = "down.example.com:25";

    private static readonly byte[] Content = Encoding.ASCII.GetBytes(new string('x', 1200));
    private static readonly SmtpReply Ok = new(250, new EnhancedStatusCode(2, 0, 0), ["taken"]);

    private static long _next;

    public static IReadOnlyList<(string Name, Func<IMailStore, Task<int>> Step)> All { get; } =
    [
        ("add, one by one", store => AddAsync(store, 1)),
        ("add, batches of 128", store => AddAsync(store, 128)),
        ("Get-EmailQueueItem -First 10", store => CountAsync(store.Queue.FindAsync(new() { First = 10 }, default))),
        ("take 32 and give them back", TakeAsync),
        ("add 32, take 32, record them as sent", SendAsync),
        ("history, last 10", store => FindAsync(store, new() { First = 10 })),
        ("history of a recipient, 10", store => FindAsync(store, new() { Recipient = "r7@example.com", First = 10 })),
        ("history of a sender, 10", store => FindAsync(store, new() { Sender = "s3@example.com", First = 10 })),
        ("history, failed, 10", store => FindAsync(store, new() { Statuses = [DeliveryStatus.Failed], First = 10 })),
        ("history of a Message-ID", store => FindAsync(store, new() { MessageId = "500@example.com" })),
        ("history, an hour of a recipient", store => FindAsync(
            store,
            new() { Recipient = "r7@example.com", After = DateTimeOffset.UtcNow.AddHours(-1), First = 10 })),
        ("record an attempt in the history", RecordAsync),
    ];

    /// <summary>Adds items in one commit.</summary>
    public static async Task<int> AddAsync(IMailStore store, int count)
    {
        await store.Queue.AddAsync([.. Enumerable.Range(0, count).Select(_ => Item())], default);
        return count;
    }

    /// <summary>Adds items one by one, several at a time.</summary>
    public static async Task<int> AddAtOnceAsync(IMailStore store, int adders)
    {
        await Task.WhenAll(Enumerable.Range(0, adders).Select(_ => store.Queue.AddAsync([Item()], default)));
        return adders;
    }

    /// <summary>Fills a store with items and as many records of the history.</summary>
    public static async Task FillAsync(IMailStore store, int count)
    {
        for (var done = 0; done < count; done += Batch)
        {
            await store.Queue.AddAsync([.. Enumerable.Range(done, Batch).Select(Item)], default);
            await store.History.AddAsync([.. Enumerable.Range(done, Batch).Select(Record)], default);
        }

        await store.Queue.SetDestinationAsync(
            new DestinationState(Down, 5, DateTimeOffset.UtcNow.AddHours(3), "down"), default);
    }

    /// <summary>
    /// Has the journal grow to its full size: while it grows, the file system writes more for each commit.
    /// </summary>
    public static async Task SizeJournalAsync(IMailStore store)
    {
        const int Pieces = 64;
        var piece = new byte[1024 * 1024];
        var item = Item() with
        {
            WriteContentAsync = async (stream, token) =>
            {
                for (var i = 0; i < Pieces; i++)
                {
                    await stream.WriteAsync(piece, token);
                }
            },
        };
        var added = await store.Queue.AddAsync([item], default);
        await store.Queue.RemoveAsync([added[0].Id], default);
    }

    private static async Task<int> TakeAsync(IMailStore store)
    {
        const int Count = 32;
        var taken = await store.Queue.TakeAsync(new TakeRequest { Owner = "bench", Count = Count }, default);
        await store.Queue.ReleaseAsync("bench", [.. taken.Select(item => new QueueRelease(item.Id))], default);
        return 1;
    }

    /// <summary>The whole way of items, as many as before stay.</summary>
    private static async Task<int> SendAsync(IMailStore store)
    {
        const int Count = 32;
        await store.Queue.AddAsync([.. Enumerable.Range(1, Count).Select(i => Item(i * 10))], default);
        var taken = await store.Queue.TakeAsync(new TakeRequest { Owner = "bench", Count = Count }, default);
        var lost = await store.Queue.RecordAsync(
            [
                .. taken.Select(item => new QueueAttempt
                {
                    Id = item.Id,
                    Owner = "bench",
                    NextState = QueueItemState.Sent,
                    Outcomes =
                    [
                        .. item.Recipients.Select(
                            r => new RecipientOutcome(r.Recipient.Address, RecipientStatus.Accepted, Ok)),
                    ],
                    History = Record((int)item.Id),
                }),
            ],
            default);
        return taken.Count == Count && lost.Count == 0
            ? 1
            : throw new InvalidOperationException($"{taken.Count} were taken, {lost.Count} were lost.");
    }

    private static async Task<int> RecordAsync(IMailStore store)
    {
        await store.History.AddAsync([Record((int)(Interlocked.Increment(ref _next) % int.MaxValue))], default);
        return 1;
    }

    private static Task<int> FindAsync(IMailStore store, HistoryFilter filter) =>
        CountAsync(store.History.FindAsync(filter, default));

    private static async Task<int> CountAsync<T>(IAsyncEnumerable<T> found)
    {
        await foreach (var _ in found)
        {
        }

        return 1;
    }

    private static NewQueueItem Item() => Item((int)(Interlocked.Increment(ref _next) % int.MaxValue));

    private static NewQueueItem Item(int number) => new()
    {
        Envelope = new Envelope(
            EmailAddress.Parse("sender@example.com"), [EmailAddress.Parse($"r{number % Destinations}@example.com")]),
        WriteContentAsync = (stream, token) => stream.WriteAsync(Content, token).AsTask(),
        Destination = number % 10 == 0 ? $"mail{number / 10 % Destinations}.example.com:25" : Down,
        Route = """{"host":"mail.example.com"}""",
        MessageId = $"{number}@example.com",
        Subject = "A report",
    };

    private static HistoryRecord Record(int number) => new()
    {
        Origin = HistoryOrigin.Batch,
        Status = number % Destinations == 7 ? DeliveryStatus.Failed : DeliveryStatus.Sent,
        Sender = $"s{number % 10}@example.com",
        Recipients = [new HistoryRecipient($"r{number % Destinations}@example.com", RecipientStatus.Accepted, Ok)],
        Subject = "A report",
        MessageId = $"{number}@example.com",
        Size = Content.Length,
        Method = "Smtp",
        Server = "mail.example.com:25",
        Reply = Ok,
        Duration = TimeSpan.FromMilliseconds(10),
        QueueId = number,
    };
}
