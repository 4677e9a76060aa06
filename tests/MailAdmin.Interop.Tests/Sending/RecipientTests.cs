using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Interop.Servers;
using MailAdmin.Mime;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Interop.Sending;

/// <summary>What becomes of single recipients, at Postfix.</summary>
[Collection(nameof(PostfixServer))]
public sealed class RecipientTests(PostfixServer postfix)
{
    [SkippableFact]
    public async Task Tells_who_was_put_off()
    {
        postfix.Require();
        var draft = Drafts.New("put-off") with
        {
            To = Mailbox.ParseList("deferred@example.net, good@example.net, refused@example.net"),
        };

        await using var client = new RecordingClient(Route);
        var report = await client.SendAsync(new MessageBuilder().Build(draft));

        Assert.Equal(DeliveryStatus.PartlySent, report.Status);
        Assert.Equal(
            [
                (RecipientStatus.Deferred, "450 4.2.1"),
                (RecipientStatus.Accepted, "250 2.1.5"),
                (RecipientStatus.Refused, "550 5.1.1"),
            ],
            report.Recipients.Select(r => (r.Status, $"{r.Reply!.Code} {r.Reply.Enhanced}")));
        Assert.Equal(["good@example.net"], (await postfix.Store.WaitForAsync(draft.MessageId!)).Recipients);
    }

    [SkippableFact]
    public async Task Puts_the_message_off_with_its_only_recipient()
    {
        postfix.Require();
        var draft = Drafts.New("all-put-off") with { To = [Mailbox.Parse("deferred@example.net")] };

        await using var client = new RecordingClient(Route);
        var report = await client.SendAsync(new MessageBuilder().Build(draft));
        var next = await client.SendAsync(new MessageBuilder().Build(Drafts.New("after-put-off")));

        Assert.Equal(DeliveryStatus.Deferred, report.Status);
        Assert.True(Assert.IsType<RecipientsRefusedException>(report.Error).IsTransient);
        client.AssertSent(next);
    }

    [SkippableFact]
    public async Task Divides_the_recipients_into_batches()
    {
        postfix.Require();
        var draft = Drafts.New("batches") with
        {
            To = [.. Enumerable.Range(0, 25).Select(i => Mailbox.Parse($"r{i}@example.net"))],
        };

        await using var client = new RecordingClient(Route with { BatchSize = 10 });
        var report = client.AssertSent(await client.SendAsync(new MessageBuilder().Build(draft)));

        Assert.Equal(25, report.Recipients.Count(recipient => recipient.Status == RecipientStatus.Accepted));
        var copies = await postfix.Store.WaitForEachAsync(draft.MessageId!, 25);
        Assert.Equal([5, 10, 10], copies.Select(copy => copy.Recipients.Count).Order());
        Assert.Equal(
            draft.To.Select(mailbox => mailbox.Address.ToString()).Order(),
            copies.SelectMany(copy => copy.Recipients).Order());
        Assert.Single(copies.Select(copy => Convert.ToBase64String(copy.ReadContent())).Distinct());
    }

    /// <summary>The report that was asked for comes to the sender, with the mark.</summary>
    [SkippableFact]
    public async Task Asks_for_delivery_reports()
    {
        postfix.Require();
        var mark = Guid.NewGuid().ToString("N");
        var message = new MessageBuilder().Build(Drafts.New("reported"));
        var envelope = new Envelope(
            EmailAddress.Parse("reports@example.org"),
            [
                new EnvelopeRecipient(
                    EmailAddress.Parse("good@example.net"),
                    DsnNotify.Success | DsnNotify.Failure,
                    EmailAddress.Parse("original+1@example.net")),
                new EnvelopeRecipient(EmailAddress.Parse("silent@example.net"), DsnNotify.Never),
            ])
        {
            Return = DsnReturn.Headers,
            EnvelopeId = mark,
        };

        await using var client = new RecordingClient(Route);
        var sent = client.AssertSent(await client.SendAsync(message, envelope));

        Assert.Empty(sent.Warnings);
        var arrived = await postfix.Store.WaitForEachAsync(message.MessageId, 3);
        var report = Assert.Single(arrived, copy => copy.Sender.Length == 0);
        Assert.Equal(["reports@example.org"], report.Recipients);
        var text = Encoding.UTF8.GetString(report.ReadContent());
        Assert.Contains("Original-Recipient: rfc822;original+1@example.net", text, StringComparison.Ordinal);
        Assert.Contains($"Original-Envelope-Id: {mark}", text, StringComparison.Ordinal);
        Assert.Contains("Action: relayed", text, StringComparison.Ordinal);
        Assert.Contains("text/rfc822-headers", text, StringComparison.Ordinal);
        Assert.DoesNotContain("silent@example.net", text.Split("text/rfc822-headers")[0], StringComparison.Ordinal);
    }

    /// <summary>Wishes that the server cannot grant are a warning.</summary>
    [SkippableFact]
    public async Task Says_that_there_will_be_no_delivery_reports()
    {
        postfix.Require();
        var message = new MessageBuilder().Build(Drafts.New("unreported"));

        await using var client = new RecordingClient(Routes.To(postfix, PostfixService.Bare));
        var report = client.AssertSent(await client.SendAsync(message, message.ToEnvelope(DsnNotify.Success)));

        Assert.Contains("DSN", Assert.Single(report.Warnings), StringComparison.Ordinal);
        await postfix.Store.WaitForAsync(message.MessageId);
    }

    private SmtpRoute Route => Routes.To(postfix, PostfixService.Plain);
}
