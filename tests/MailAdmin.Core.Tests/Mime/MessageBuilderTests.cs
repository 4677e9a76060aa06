using MailAdmin.Addressing;
using MailAdmin.Mime;

namespace MailAdmin.Tests.Mime;

public sealed class MessageBuilderTests
{
    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\0")]
    [InlineData("\r\nBcc: x@x.test")]
    public void Refuses_line_breaks_and_nul_wherever_they_could_begin_a_header(string evil)
    {
        AssertRefused("InvalidSubject", Composed.Draft with { Subject = "a" + evil });
        AssertRefused("InvalidDisplayName", Composed.Draft with { From = Composed.Mailbox("a@x.test", "a" + evil) });
        AssertRefused("InvalidDisplayName", Composed.Draft with { Sender = Composed.Mailbox("a@x.test", "a" + evil) });
        AssertRefused(
            "InvalidDisplayName", Composed.Draft with { ReplyTo = [Composed.Mailbox("a@x.test", "a" + evil)] });
        AssertRefused("InvalidDisplayName", Composed.Draft with { To = [Composed.Mailbox("a@x.test", "a" + evil)] });
        AssertRefused("InvalidDisplayName", Composed.Draft with { Cc = [Composed.Mailbox("a@x.test", "a" + evil)] });
        AssertRefused("InvalidDisplayName", Composed.Draft with { Bcc = [Composed.Mailbox("a@x.test", "a" + evil)] });
        AssertRefused("InvalidHeaderName", Composed.Draft with { Headers = [new("X-A" + evil, "a")] });
        AssertRefused("InvalidHeaderValue", Composed.Draft with { Headers = [new("X-A", "a" + evil)] });
        AssertRefused("InvalidMessageId", Composed.Draft with { MessageId = "a@x.test" + evil });
        AssertRefused("InvalidContentId", Composed.Draft with
        {
            InlineAttachments = [new("logo" + evil, AttachmentSource.FromMemory(default, "logo.png"))],
        });
        Assert.Equal(
            "InvalidAttachmentName",
            Assert.Throws<MessageException>(() => AttachmentSource.FromMemory(default, "a" + evil)).ErrorId);
        Assert.Equal(
            "InvalidContentType",
            Assert.Throws<MessageException>(
                () => AttachmentSource.FromMemory(default, "a", "text/plain" + evil)).ErrorId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("X A")]
    [InlineData("X:A")]
    [InlineData("Ünïcode")]
    public void Refuses_what_is_no_header_name(string name) =>
        AssertRefused("InvalidHeaderName", Composed.Draft with { Headers = [new(name, "a")] });

    [Theory]
    [InlineData("subject")]
    [InlineData("Bcc")]
    [InlineData("Content-Type")]
    public void Refuses_headers_that_it_writes_itself(string name) =>
        AssertRefused("ReservedHeader", Composed.Draft with { Headers = [new(name, "a")] });

    [Theory]
    [InlineData("")]
    [InlineData("<>")]
    [InlineData("a b@x.test")]
    [InlineData("ä@x.test")]
    public void Refuses_what_is_no_message_id(string id) =>
        AssertRefused("InvalidMessageId", Composed.Draft with { MessageId = id });

    [Fact]
    public void A_message_id_is_in_the_authors_domain_and_each_is_another()
    {
        var builder = new MessageBuilder();
        var draft = Composed.Draft with { From = Composed.Mailbox("a@bücher.example") };
        Assert.EndsWith("@xn--bcher-kva.example", builder.Build(draft).MessageId, StringComparison.Ordinal);
        Assert.NotEqual(builder.Build(draft).MessageId, builder.Build(draft).MessageId);
    }

    [Fact]
    public async Task A_message_is_the_same_each_time_it_is_prepared()
    {
        var message = new MessageBuilder().Build(Composed.Draft with
        {
            Date = null,
            HtmlBody = "<p>",
            Attachments = [AttachmentSource.FromMemory("abc"u8.ToArray(), "a.txt")],
        });
        Assert.Equal(await Composed.OctetsAsync(message), await Composed.OctetsAsync(message));
    }

    [Fact]
    public void An_envelope_needs_a_sender_and_a_recipient()
    {
        var nobody = Composed.Build(Composed.Draft with { To = [] });
        var fromNobody = Composed.Build(Composed.Draft with { From = null });
        Assert.Equal("NoRecipient", Assert.Throws<MessageException>(() => nobody.ToEnvelope()).ErrorId);
        Assert.Equal("NoSender", Assert.Throws<MessageException>(() => fromNobody.ToEnvelope()).ErrorId);
    }

    [Fact]
    public void The_envelope_carries_the_wish_for_reports() =>
        Assert.Equal(
            DsnNotify.Failure | DsnNotify.Delay,
            Composed.Build(Composed.Draft).ToEnvelope(DsnNotify.Failure | DsnNotify.Delay).Recipients[0].Notify);

    private static void AssertRefused(string errorId, MessageDraft draft) =>
        Assert.Equal(errorId, Assert.Throws<MessageException>(() => Composed.Build(draft)).ErrorId);
}
