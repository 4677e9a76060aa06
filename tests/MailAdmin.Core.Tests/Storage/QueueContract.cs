using MailAdmin.Addressing;
using MailAdmin.Storage;
using MailAdmin.Transports;
using static MailAdmin.Tests.Storage.QueueSamples;

namespace MailAdmin.Tests.Storage;

/// <summary>What every store's queue must do with single items.</summary>
public abstract class QueueContract : StoreContract
{
    [Fact]
    public async Task What_was_added_is_there_after_opening_again()
    {
        var added = await Queue.AddAsync(Item() with
        {
            Envelope = new Envelope(
                EmailAddress.Parse("bounce@example.com"),
                [
                    new EnvelopeRecipient(
                        EmailAddress.Parse("\"a b\"@bücher.example"),
                        DsnNotify.Failure | DsnNotify.Delay,
                        EmailAddress.Parse("list@example.com")),
                    EmailAddress.Parse("Bob@example.com"),
                ])
            {
                Return = DsnReturn.Headers,
                EnvelopeId = "mark",
            },
            Priority = QueuePriority.Low,
            Subject = "日本語",
        });
        await ReopenAsync();

        var found = await Queue.FindAsync(added.Id);

        Assert.Equivalent(added, found, strict: true);
        Assert.Equal(QueueItemState.Waiting, found!.State);
        Assert.Equal(Clock.Now, found.QueuedAt);
        Assert.Equal(Clock.Now + TimeSpan.FromHours(48), found.ExpiresAt);
        Assert.Equal(Route, await Queue.GetRouteAsync(found.RouteId, default));
        Assert.Equal("Subject: Hello\r\n\r\nIt works.\r\n", await Queue.ReadAsync(found.Id));
    }

    [Fact]
    public async Task The_empty_return_path_stays_empty()
    {
        var added = await Queue.AddAsync(Item() with
        {
            Envelope = new Envelope(null, [EmailAddress.Parse("anna@example.com")]),
        });

        Assert.Null((await Queue.FindAsync(added.Id))!.Sender);
    }

    [Fact]
    public async Task Equal_routes_are_stored_once()
    {
        var items = await Queue.AddAsync([Item(), Item(), Item() with { Route = "{}" }], default);

        Assert.Equal(items[0].RouteId, items[1].RouteId);
        Assert.NotEqual(items[0].RouteId, items[2].RouteId);
    }

    [Fact]
    public async Task An_item_goes_to_one_taker_only()
    {
        await Queue.AddAsync([.. Enumerable.Repeat(Item(), 20)], default);

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Queue.TakeAsync(5, $"owner {i}")));

        var ids = taken.SelectMany(items => items).Select(item => item.Id).ToList();
        Assert.Equal(20, ids.Count);
        Assert.Equal(20, ids.Distinct().Count());
        Assert.Empty(await Queue.TakeAsync());
    }

    [Fact]
    public async Task A_sent_item_is_finished_with_the_outcome_of_each_recipient()
    {
        await Queue.AddAsync(Item(recipients: ["a@example.com", "b@example.com"]));
        var item = (await Queue.TakeAsync()).Single();
        Assert.Equal("one", item.Owner);

        Assert.True(await Queue.RecordAsync(Attempt(item, QueueItemState.Sent, null, Ok, Ok)));

        var found = (await Queue.FindAsync(item.Id))!;
        Assert.Equal(QueueItemState.Sent, found.State);
        Assert.Equal(Clock.Now, found.FinishedAt);
        Assert.Equal(1, found.Attempts);
        Assert.Null(found.NextAttemptAt);
        Assert.Null(found.LeasedUntil);
        Assert.All(found.Recipients, r => Assert.Equal((RecipientStatus.Accepted, 1), (r.Status, r.Attempts)));
        Assert.Equivalent(Ok, found.Recipients[0].Reply);
    }

    [Fact]
    public async Task A_retry_waits_for_its_time_and_goes_to_those_who_do_not_have_it()
    {
        await Queue.AddAsync(Item(recipients: ["a@example.com", "b@example.com", "c@example.com"]));
        var item = (await Queue.TakeAsync()).Single();
        var again = Clock.Now + TimeSpan.FromMinutes(5);
        await Queue.RecordAsync(Attempt(item, QueueItemState.Waiting, again, Ok, TryLater, Unknown) with
        {
            Error = "451 later", ErrorId = "SmtpRefused", DiagnosisId = "busy",
        });

        Assert.Empty(await Queue.TakeAsync());
        Assert.Equal(again, await Queue.NextDueAsync(default));
        Clock.Now += TimeSpan.FromMinutes(5);
        var retry = (await Queue.TakeAsync()).Single();

        Assert.Equal(["b@example.com"], retry.OpenEnvelope.Recipients.Select(r => r.Address.ToString()));
        Assert.Equal(("451 later", "SmtpRefused", "busy"), (retry.LastError, retry.LastErrorId, retry.DiagnosisId));
        Assert.Equivalent(TryLater, retry.Recipients[1].Reply);
    }

    [Fact]
    public async Task Failed_with_some_who_have_it_is_partly_sent()
    {
        await Queue.AddAsync(Item(recipients: ["a@example.com", "b@example.com"]));
        var item = (await Queue.TakeAsync()).Single();

        await Queue.RecordAsync(Attempt(item, QueueItemState.Failed, null, Ok, Unknown));

        Assert.Equal(QueueItemState.PartlySent, (await Queue.FindAsync(item.Id))!.State);
    }

    [Fact]
    public async Task No_item_becomes_held_by_an_attempt()
    {
        await Queue.AddAsync(Item());
        var item = (await Queue.TakeAsync()).Single();

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Queue.RecordAsync(Attempt(item, QueueItemState.Held)));
        Assert.Equal(QueueItemState.Sending, (await Queue.FindAsync(item.Id))!.State);
    }

    [Fact]
    public async Task Not_before_is_kept()
    {
        var later = Clock.Now + TimeSpan.FromHours(3);
        var added = await Queue.AddAsync(Item() with { NotBefore = later });

        Assert.Empty(await Queue.TakeAsync());
        Assert.Equal(later + TimeSpan.FromHours(48), added.ExpiresAt);
        Clock.Now += TimeSpan.FromHours(3);
        Assert.Single(await Queue.TakeAsync());
    }

    [Fact]
    public async Task A_released_item_has_its_old_place()
    {
        var first = await Queue.AddAsync(Item());
        Clock.Now += TimeSpan.FromSeconds(1);
        await Queue.AddAsync(Item());
        await Queue.TakeAsync(1);

        await Queue.ReleaseAsync("one", [new QueueRelease(first.Id)], default);

        Assert.Equal(first.Id, (await Queue.TakeAsync(1)).Single().Id);
        Assert.Equal(0, (await Queue.FindAsync(first.Id))!.Attempts);
    }

    [Fact]
    public async Task A_deferral_is_counted_until_the_next_attempt()
    {
        await Queue.AddAsync(Item());
        var item = (await Queue.TakeAsync()).Single();
        var later = Clock.Now + TimeSpan.FromMinutes(1);
        await Queue.ReleaseAsync("one", [new QueueRelease(item.Id, later, CountsAsDeferral: true)], default);

        Assert.Equal(1, (await Queue.FindAsync(item.Id))!.Deferrals);
        Assert.Empty(await Queue.TakeAsync());
        Clock.Now += TimeSpan.FromMinutes(1);
        item = (await Queue.TakeAsync()).Single();
        await Queue.RecordAsync(Attempt(item, QueueItemState.Waiting, Clock.Now, TryLater));
        Assert.Equal(0, (await Queue.FindAsync(item.Id))!.Deferrals);
    }

    [Fact]
    public async Task Held_items_wait_for_being_resumed()
    {
        var added = await Queue.AddAsync(Item() with { IsHeld = true });

        Assert.Equal(QueueItemState.Held, added.State);
        Assert.Equal(QueueItemState.Held, (await Queue.FindAsync(added.Id))!.State);
        Assert.Empty(await Queue.TakeAsync());
        Assert.Null(await Queue.NextDueAsync(default));
        Assert.Equal([added.Id], await Queue.ResumeAsync([added.Id], null, default));
        Assert.Single(await Queue.TakeAsync());
    }

    [Fact]
    public async Task A_failed_item_can_be_resumed_and_its_refused_recipients_are_tried_again()
    {
        await Queue.AddAsync(Item(recipients: ["a@example.com", "b@example.com"]));
        var item = (await Queue.TakeAsync()).Single();
        await Queue.RecordAsync(Attempt(item, QueueItemState.Failed, null, Ok, Unknown));
        Clock.Now += TimeSpan.FromHours(72);

        Assert.Equal([item.Id], await Queue.ResumeAsync([item.Id], null, default));

        var again = (await Queue.TakeAsync()).Single();
        Assert.Equal(["b@example.com"], again.OpenEnvelope.Recipients.Select(r => r.Address.ToString()));
        Assert.Equal(Clock.Now + TimeSpan.FromHours(48), again.ExpiresAt);
        Assert.NotEmpty(await Queue.ReadAsync(item.Id));
    }

    [Fact]
    public async Task What_is_in_work_or_sent_is_left_alone()
    {
        var items = await Queue.AddAsync([Item(), Item()], default);
        long[] ids = [.. items.Select(i => i.Id)];
        var taken = await Queue.TakeAsync();
        await Queue.RecordAsync(Attempt(taken[1], QueueItemState.Sent, null, Ok));

        Assert.Empty(await Queue.ResumeAsync(ids, null, default));
        Assert.Equal([ids[1]], await Queue.RemoveAsync(ids, default));
        Assert.NotNull(await Queue.FindAsync(ids[0]));
    }

    [Fact]
    public async Task A_removed_item_is_gone_with_its_content_and_its_number_is_not_used_again()
    {
        var added = await Queue.AddAsync(Item());

        Assert.Equal([added.Id], await Queue.RemoveAsync([added.Id, 4711], default));

        Assert.Null(await Queue.FindAsync(added.Id));
        var failure = await Assert.ThrowsAsync<StoreException>(() => Queue.OpenContentAsync(added.Id, default));
        Assert.Equal(StoreFault.NotFound, failure.Fault);
        Assert.Empty(await Queue.TakeAsync());
        Assert.True((await Queue.AddAsync(Item())).Id > added.Id);
    }

    [Fact]
    public async Task The_history_of_an_attempt_is_recorded_with_it()
    {
        await Queue.AddAsync(Item());
        var item = (await Queue.TakeAsync()).Single();

        await Queue.RecordAsync(Attempt(item, QueueItemState.Sent, null, Ok) with
        {
            History = HistorySamples.Record() with { QueueId = item.Id },
        });

        var record = Assert.Single(
            await Store.History.FindAsync(new HistoryFilter { QueueId = item.Id }, default).ToListAsync());
        Assert.Equal(Clock.Now, record.At);
    }
}
