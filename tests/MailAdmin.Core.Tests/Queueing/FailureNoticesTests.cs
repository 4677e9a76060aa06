using System.Globalization;
using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Diagnosis;
using MailAdmin.Queueing.Notices;
using MailAdmin.Server;
using MailAdmin.Storage;
using MailAdmin.Tests.Storage;

namespace MailAdmin.Tests.Queueing;

public sealed class FailureNoticesTests
{
    private static readonly NoticeOptions Both = new()
    {
        ToSender = true, AlertAddress = Mailbox.Parse("Alarm <alarm@example.com>"), Host = "relay.example.com",
    };

    [Fact]
    public async Task Sender_and_alert_address_are_told_through_the_queue()
    {
        await using var server = await SmtpTestServer.StartAsync(
            new() { Faults = FaultScript.Parse("rcpt:2*1=550 5.1.1 no such user") });
        await using var rig = await QueueRig.OpenAsync();
        rig.Notices = new FailureNotices(rig.Store.Queue, Both);
        await rig.AddAsync(QueueRig.To(server.Port), 1, "anna@example.com", "bob@example.org");

        var summary = await rig.DistributeAsync();

        Assert.Equal((1, 1), (summary.PartlySent, summary.Sent));
        var notice = Assert.Single(server.Messages, message => message.Envelope.ReversePath is null);
        Assert.Equal(
            ["sender@example.com", "alarm@example.com"],
            notice.Envelope.Recipients.Select(r => r.Address.ToString()));
        var text = Encoding.UTF8.GetString(notice.Content.Span);
        Assert.Contains(
            "Final-Recipient: rfc822; bob@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n",
            text,
            StringComparison.Ordinal);
        Assert.Contains("Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\r\nSubject: Message 0\r\n", text, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-replied\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("anna@example.com\r\nAction", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anna@example.com", "anna@example.com")]
    [InlineData("anna@bücher.example", "anna@xn--bcher-kva.example")]
    [InlineData("用户+x@例え.jp", "用户+x@xn--r8jz45g.jp")]
    public async Task Our_own_reader_of_reports_understands_it(string recipient, string read)
    {
        await using var server = await SmtpTestServer.StartAsync(new()
        {
            Faults = FaultScript.Parse("rcpt*1=550 5.7.60 Client does not have permissions to send as this sender"),
        });
        await using var rig = await QueueRig.OpenAsync();
        rig.Notices = new FailureNotices(rig.Store.Queue, Both);
        await rig.AddAsync(QueueRig.To(server.Port), 1, recipient);

        await rig.DistributeAsync();

        var notice = Assert.Single(server.Messages);
        var diagnosis = Assert.Single(ErrorCatalog.Default.ExplainReport(notice.Content.Span, "en-US"));
        Assert.Equal(("SendAsMissing", read), (diagnosis.Id, diagnosis.Recipient));
    }

    [Fact]
    public async Task There_is_never_a_notice_about_a_notice()
    {
        await using var server = await SmtpTestServer.StartAsync(
            new() { Faults = FaultScript.Parse("rcpt=550 5.1.1 no such user") });
        await using var rig = await QueueRig.OpenAsync();
        rig.Notices = new FailureNotices(rig.Store.Queue, Both);
        await rig.AddAsync(QueueRig.To(server.Port), 1);

        var summary = await rig.DistributeAsync();

        Assert.Equal(2, summary.Failed);
        Assert.Equal(2, (await rig.ItemsAsync()).Count);
    }

    [Fact]
    public async Task A_message_is_told_of_once_whatever_crashes()
    {
        await using var rig = await QueueRig.OpenAsync();
        var notices = new FailureNotices(rig.Store.Queue, Both);
        var item = (await rig.AddAsync(QueueRig.To(25), 1))[0];
        var verdict = new MailAdmin.Queueing.Failures.AttemptVerdict
        {
            Scope = default, NextState = QueueItemState.Expired,
        };

        await notices.NotifyAsync(item, verdict, null, DateTimeOffset.UtcNow, default);
        await notices.NotifyAsync(item, verdict, null, DateTimeOffset.UtcNow, default);

        var ids = (await rig.ItemsAsync()).Skip(1).Select(notice => notice.MessageId).ToArray();
        Assert.Equal(2, ids.Length);
        Assert.Single(ids.Distinct());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Wed, 25 Nov 2026 10:00:00 +0100")]
    public async Task Of_a_message_whose_time_is_over_it_says_when_it_was_tried_last(string? tried)
    {
        await using var rig = await QueueRig.OpenAsync();
        var item = (await rig.AddAsync(QueueRig.To(25), 1))[0] with
        {
            LastAttemptAt = tried is null ? null : DateTimeOffset.Parse(tried, CultureInfo.InvariantCulture),
        };

        await new FailureNotices(rig.Store.Queue, Both).NotifyAsync(
            item, new() { Scope = default, NextState = QueueItemState.Expired }, null, DateTimeOffset.UtcNow, default);

        var text = await rig.Store.Queue.ReadAsync((await rig.ItemsAsync())[^1].Id);
        Assert.Contains("Action: failed\r\nStatus: 4.4.7\r\n", text, StringComparison.Ordinal);
        Assert.Equal(tried is not null, text.Contains("Last-Attempt-Date", StringComparison.Ordinal));
        Assert.True(tried is null || text.Contains($"Last-Attempt-Date: {tried}\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sender_who_asked_not_to_be_told_is_not()
    {
        await using var rig = await QueueRig.OpenAsync();
        var notices = new FailureNotices(rig.Store.Queue, Both with { AlertAddress = null });
        var item = (await rig.AddAsync(QueueRig.To(25), 1))[0];
        var quiet = item with
        {
            Recipients = [new QueueRecipient(item.Recipients[0].Recipient with { Notify = DsnNotify.Never })],
        };

        await notices.NotifyAsync(
            quiet, new() { Scope = default, NextState = QueueItemState.Expired }, null, DateTimeOffset.UtcNow, default);

        Assert.Single(await rig.ItemsAsync());
    }
}
