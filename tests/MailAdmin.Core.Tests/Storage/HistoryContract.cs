using MailAdmin.Storage;
using MailAdmin.Transports;
using static MailAdmin.Tests.Storage.HistorySamples;

namespace MailAdmin.Tests.Storage;

/// <summary>What every store must do with history and options.</summary>
public abstract class HistoryContract : StoreContract
{
    [Fact]
    public async Task A_record_comes_back_as_it_was()
    {
        var record = Record() with
        {
            At = Clock.Now,
            Origin = HistoryOrigin.Batch,
            Status = DeliveryStatus.PartlySent,
            Recipients =
            [
                new HistoryRecipient("anna@example.com", RecipientStatus.Accepted, QueueSamples.Ok),
                new HistoryRecipient("Bob@bücher.example", RecipientStatus.Refused, QueueSamples.Unknown),
                new HistoryRecipient("c@example.com", RecipientStatus.NotTried),
            ],
            Reply = QueueSamples.TryLater,
            Error = "It did not go.",
            ErrorId = "SmtpRefused",
            DiagnosisId = "busy",
            IsForced = true,
            QueueId = 17,
            Attempt = 3,
        };
        await Store.History.AddAsync([record], default);
        await ReopenAsync();

        var found = await Store.History.FindAsync(new HistoryFilter(), default).SingleAsync();

        Assert.Equivalent(record with { Id = found.Id }, found, strict: true);
    }

    [Fact]
    public async Task Filters_find_what_they_say_newest_first()
    {
        var start = Clock.Now;
        for (var i = 1; i <= 6; i++)
        {
            await Store.History.AddAsync(
                [
                    Record(
                        $"r{i % 3}@example.{(i % 2 == 0 ? "com" : "net")}",
                        i % 3 == 0 ? DeliveryStatus.Failed : DeliveryStatus.Sent) with
                    {
                        At = start + TimeSpan.FromMinutes(i),
                        Sender = i == 5 ? null : $"s{i % 2}@example.com",
                        MessageId = $"{i / 2}@example.com",
                        QueueId = i < 3 ? 8 : null,
                        Origin = i < 3 ? HistoryOrigin.Batch : HistoryOrigin.Interactive,
                    },
                ],
                default);
        }

        async Task<string> Find(HistoryFilter filter) =>
            string.Join(' ', (await Store.History.FindAsync(filter, default).ToListAsync()).Select(r => r.Id));

        Assert.Equal("6 5 4 3 2 1", await Find(new HistoryFilter()));
        Assert.Equal("6 5", await Find(new HistoryFilter { First = 2 }));
        Assert.Equal("6", await Find(new HistoryFilter { Recipient = "R0@Example.com" }));
        Assert.Equal("5 3 1", await Find(new HistoryFilter { Recipient = "*@example.net" }));
        Assert.Equal(
            "4", await Find(new HistoryFilter { Recipient = "r1@example.com", Statuses = [DeliveryStatus.Sent] }));
        Assert.Equal("6 4 2", await Find(new HistoryFilter { Sender = "s0@example.com" }));
        Assert.Equal(
            "6", await Find(new HistoryFilter { Sender = "s0@example.com", Statuses = [DeliveryStatus.Failed] }));
        Assert.Equal("6 4 3 2 1", await Find(new HistoryFilter { Sender = "s?@example.com" }));
        Assert.Equal("6 3", await Find(new HistoryFilter { Statuses = [DeliveryStatus.Failed] }));
        Assert.Equal(
            "6 5 4 3 2 1", await Find(new HistoryFilter { Statuses = [DeliveryStatus.Failed, DeliveryStatus.Sent] }));
        Assert.Equal("3 2", await Find(new HistoryFilter { MessageId = "1@example.com" }));
        Assert.Equal("2 1", await Find(new HistoryFilter { QueueId = 8 }));
        Assert.Equal("2 1", await Find(new HistoryFilter { Origin = HistoryOrigin.Batch }));
        Assert.Equal(
            "4 3",
            await Find(new HistoryFilter
            {
                After = start + TimeSpan.FromMinutes(3),
                Before = start + TimeSpan.FromMinutes(5),
            }));
    }

    [Fact]
    public async Task Records_of_the_same_moment_are_all_found_page_by_page()
    {
        await Store.History.AddAsync([.. Enumerable.Repeat(Record(), 950)], default);

        foreach (var filter in new[]
        {
            new HistoryFilter(),
            new HistoryFilter { Recipient = "anna@example.com" },
            new HistoryFilter { Recipient = "anna@*" },
            new HistoryFilter { Sender = "sender@example.com" },
            new HistoryFilter { Statuses = [DeliveryStatus.Sent] },
        })
        {
            var ids = await Store.History.FindAsync(filter, default).Select(r => r.Id).ToListAsync();
            Assert.Equal(Enumerable.Range(1, 950).Reverse().Select(i => (long)i), ids);
        }
    }

    [Fact]
    public async Task Purging_removes_what_is_older_and_says_how_far_it_is()
    {
        await Store.History.AddAsync([.. Enumerable.Repeat(Record(), 1200)], default);
        Clock.Now += TimeSpan.FromDays(1);
        await Store.History.AddAsync([Record("new@example.com")], default);
        var steps = new List<long>();

        var removed = await Store.History.PurgeAsync(Clock.Now, new Steps(steps), default);

        Assert.Equal(1200, removed);
        Assert.Equal(1200, steps[^1]);
        Assert.True(steps.Count > 1);
        var left = await Store.History.FindAsync(new HistoryFilter(), default).SingleAsync();
        Assert.Equal("new@example.com", left.Recipients.Single().Address);
        Assert.Empty(
            await Store.History.FindAsync(new HistoryFilter { Recipient = "anna@example.com" }, default).ToListAsync());
    }

    [Fact]
    public async Task Options_are_kept_changed_one_by_one_and_put_back()
    {
        await new EmailOptions { Retention = TimeSpan.FromDays(90), DefaultSender = "a@example.com" }
            .SaveAsync(Store.Options, new EmailOptions(), default);
        await Store.Options.SetAsync(new Dictionary<string, string?> { ["Later"] = "unknown here" }, default);
        await ReopenAsync();

        var options = await EmailOptions.LoadAsync(Store.Options, default);
        Assert.Equal(new EmailOptions { Retention = TimeSpan.FromDays(90), DefaultSender = "a@example.com" }, options);

        await (options with { Retention = EmailOptions.DefaultRetention, DefaultSender = null })
            .SaveAsync(Store.Options, options, default);
        Assert.Equal(new EmailOptions(), await EmailOptions.LoadAsync(Store.Options, default));
        Assert.Equal("Later", (await Store.Options.GetAsync(default)).Single().Key);
    }

    [Fact]
    public async Task Options_that_others_change_at_the_same_time_stay()
    {
        var read = await EmailOptions.LoadAsync(Store.Options, default);
        await (read with { DefaultSender = "a@example.com" }).SaveAsync(Store.Options, read, default);

        await (read with { Retention = TimeSpan.FromDays(7) }).SaveAsync(Store.Options, read, default);

        Assert.Equal(
            new EmailOptions { Retention = TimeSpan.FromDays(7), DefaultSender = "a@example.com" },
            await EmailOptions.LoadAsync(Store.Options, default));
    }

    private sealed class Steps(List<long> steps) : IProgress<long>
    {
        public void Report(long value) => steps.Add(value);
    }
}
