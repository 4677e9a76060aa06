using System.Globalization;
using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Queueing;
using MailAdmin.Storage;

namespace MailAdmin.Tests.Queueing;

public sealed class MailQueueTests
{
    private const int Largest = 10_000;

    [Fact]
    public async Task A_message_over_the_largest_size_is_refused_with_what_to_do_and_the_others_are_queued()
    {
        await using var rig = await QueueRig.OpenAsync();
        await new EmailOptions { LargestMessage = Largest }.SaveAsync(rig.Store.Options, new EmailOptions(), default);
        var route = await rig.Queue.PrepareAsync(new() { Wishes = QueueRig.To(25) }, default);

        var added = new[] { 10, Largest, 20 }
            .Select(size => rig.Queue.AddAsync(Order(new string('x', size)), route, default))
            .ToList();

        var failure = await Assert.ThrowsAsync<MessageOverLimitException>(() => added[1]);
        Assert.Equal(
            (Largest, "MessageOverLimit", MailErrorKind.Limit), (failure.Limit, failure.ErrorId, failure.Kind));
        Assert.Contains(
            Largest.ToString("N0", CultureInfo.InvariantCulture), failure.Message, StringComparison.Ordinal);
        Assert.Contains("Set-EmailOption -LargestMessage", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal([(await added[0]).Id, (await added[2]).Id], (await rig.ItemsAsync()).Select(item => item.Id));
    }

    [Fact]
    public async Task The_largest_size_is_that_of_the_message_as_it_is_sent_to_the_octet()
    {
        await using var rig = await QueueRig.OpenAsync();
        var order = Order(new string('x', 500));
        var free = await rig.Queue.PrepareAsync(new() { Wishes = QueueRig.To(25) }, default);
        var size = (await rig.Queue.AddAsync(order, free, default)).Size;

        var fitting = await LimitedAsync(rig, size);
        Assert.Equal(size, (await rig.Queue.AddAsync(order, fitting, default)).Size);
        var tooSmall = await LimitedAsync(rig, size - 1);
        await Assert.ThrowsAsync<MessageOverLimitException>(() => rig.Queue.AddAsync(order, tooSmall, default));
    }

    [Fact]
    public async Task Nothing_of_a_message_that_is_too_large_is_stored_on_the_way()
    {
        await using var rig = await QueueRig.OpenAsync();
        var route = await LimitedAsync(rig, 1024 * 1024);
        var content = new CountingContent(50 * 1024 * 1024);

        await Assert.ThrowsAsync<MessageOverLimitException>(
            () => rig.Queue.AddAsync(Order("x") with { Content = content }, route, default));

        Assert.False(content.WasWritten);
        Assert.True(content.WasDisposed);
    }

    private static QueueOrder Order(string text)
    {
        var message = new MessageBuilder().Build(new MessageDraft
        {
            From = Mailbox.Parse("sender@example.com"),
            To = [Mailbox.Parse("anna@example.com")],
            Subject = "Report",
            TextBody = text,
        });
        return new QueueOrder(message, message.ToEnvelope(), message.Subject);
    }

    private static async Task<QueueRoute> LimitedAsync(QueueRig rig, long most)
    {
        await new EmailOptions { LargestMessage = most }.SaveAsync(rig.Store.Options, new EmailOptions(), default);
        return await rig.Queue.PrepareAsync(new() { Wishes = QueueRig.To(25) }, default);
    }

    private sealed class CountingContent(long length) : PreparedMessage, IMessageWriter
    {
        public bool WasWritten { get; private set; }

        public bool WasDisposed { get; private set; }

        public string? MessageId => null;

        public override long Length => length;

        public override bool IsEightBit => false;

        public override bool UsesUtf8Headers => false;

        public ValueTask<PreparedMessage> PrepareAsync(WireFormat format, CancellationToken cancellationToken) =>
            new(this);

        public override ValueTask WriteToAsync(Stream destination, CancellationToken cancellationToken)
        {
            WasWritten = true;
            return default;
        }

        public override ValueTask DisposeAsync()
        {
            WasDisposed = true;
            return base.DisposeAsync();
        }
    }
}
