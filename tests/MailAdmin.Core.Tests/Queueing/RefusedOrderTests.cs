using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.Queueing;
using MailAdmin.Smtp;
using MailAdmin.Storage;

namespace MailAdmin.Tests.Queueing;

/// <summary>What is not let into the queue, so that nobody learns of it only when the mail is to go.</summary>
public sealed class RefusedOrderTests
{
    private static readonly RelayMessage Message = new MessageBuilder().Build(new()
    {
        From = Mailbox.Parse("sender@example.com"),
        To = [Mailbox.Parse("anna@example.com")],
    });

    [Theory]
    [InlineData("mail\r\nhost")]
    [InlineData("mail host")]
    [InlineData("")]
    public async Task A_server_that_is_none(string host)
    {
        await using var rig = await QueueRig.OpenAsync();

        var failure = await Assert.ThrowsAsync<DialOptionsException>(
            () => rig.Queue.PrepareAsync(new() { Wishes = QueueRig.To(25) with { Host = host } }, default));

        Assert.Equal("InvalidHost", failure.ErrorId);
    }

    [Fact]
    public async Task A_name_for_EHLO_that_would_be_more_than_a_name()
    {
        await using var rig = await QueueRig.OpenAsync();

        await Assert.ThrowsAsync<SmtpCommandFormatException>(() => rig.Queue.PrepareAsync(
            new() { Wishes = QueueRig.To(25) with { LocalHost = "me\r\nMAIL FROM:<>" } }, default));
    }

    [Theory]
    [InlineData(null, -1)]
    [InlineData(3, 2)]
    [InlineData(3, 3)]
    public async Task A_message_that_would_be_given_up_before_it_may_go(int? notBefore, int expires)
    {
        await using var rig = await QueueRig.OpenAsync();
        var now = DateTimeOffset.UtcNow;
        var order = new QueueOrder(Message, Message.ToEnvelope())
        {
            NotBefore = notBefore is { } hours ? now.AddHours(hours) : null,
            ExpiresAt = now.AddHours(expires),
        };

        var route = await rig.Queue.PrepareAsync(new() { Wishes = QueueRig.To(25) }, default);

        var failure = await Assert.ThrowsAsync<QueueTimesException>(() => rig.Queue.AddAsync(order, route, default));

        Assert.Equal("ExpiresTooEarly", failure.ErrorId);
        Assert.Empty(await rig.ItemsAsync());
    }

    [Fact]
    public async Task The_end_of_the_calendar_is_a_time_like_others()
    {
        await using var rig = await QueueRig.OpenAsync();
        var order = new QueueOrder(Message, Message.ToEnvelope()) { NotBefore = DateTimeOffset.MaxValue };

        var route = await rig.Queue.PrepareAsync(new() { Wishes = QueueRig.To(25) }, default);
        var item = await rig.Queue.AddAsync(order, route, default);

        Assert.Equal(QueueItemState.Waiting, item.State);
        Assert.Equal(9999, item.ExpiresAt.Year);
        Assert.Equal(0, (await rig.DistributeAsync()).Sent);
    }
}
