using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Interop.Composing;
using MailAdmin.Interop.Judging;
using MailAdmin.Interop.Servers;
using MailAdmin.Mime;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Interop.Sending;

/// <summary>Messages that are more than a server takes, at Postfix.</summary>
[Collection(nameof(PostfixServer))]
public sealed class LimitTests(PostfixServer postfix)
{
    private const string International = "Zażółć gęślą jaźń\r\n.\r\n日本語\r\n";

    [SkippableFact]
    public async Task Keeps_what_is_too_large_to_itself()
    {
        postfix.Require();
        var draft = Drafts.New("too-large") with { TextBody = string.Concat(Enumerable.Repeat("A line.\r\n", 2500)) };

        await using var client = new RecordingClient(Routes.To(postfix, PostfixService.Small));
        var report = await client.SendAsync(new MessageBuilder().Build(draft));
        var next = await client.SendAsync(new MessageBuilder().Build(Drafts.New("after-too-large")));

        Assert.Equal(DeliveryStatus.Failed, report.Status);
        Assert.Contains(
            "20,000", Assert.IsType<MessageTooLargeException>(report.Error).Message, StringComparison.Ordinal);
        client.AssertSent(next);
        Assert.Single(client.Commands, command => command.StartsWith("MAIL FROM", StringComparison.Ordinal));
    }

    /// <summary>With no extension a message goes in 7-bit octets, one command at a time.</summary>
    [SkippableTheory]
    [InlineData(PostfixService.Bare, "EHLO client.example.test")]
    [InlineData(PostfixService.HeloOnly, "EHLO client.example.test", "HELO client.example.test")]
    public async Task Gets_by_without_extensions(PostfixService service, params string[] greetings)
    {
        postfix.Require();
        var draft = Drafts.New("bare") with
        {
            Subject = "Grüße",
            TextBody = International,
            To = Mailbox.ParseList("to@example.net, refused@example.net, to@bücher.example"),
        };
        var message = new MessageBuilder().Build(draft);

        await using var client = new RecordingClient(Routes.To(postfix, service));
        var report = await client.SendAsync(message);

        Assert.Equal(DeliveryStatus.PartlySent, report.Status);
        Assert.Equal(
            [
                .. greetings, "MAIL FROM:<sender@example.org>", "RCPT TO:<to@example.net>",
                "RCPT TO:<refused@example.net>",
                "RCPT TO:<to@xn--bcher-kva.example>", "DATA",
            ],
            client.Commands.Where(command => command is not "."));
        var stored = await postfix.Store.WaitForAsync(draft.MessageId!, 2);
        Assert.Equal(await Written.OctetsAsync(message, WireFormat.SevenBit), stored.ReadContent());
        var read = await Judge.ReadAsync(stored);
        Assert.False(read.EightBit);
        Understanding.AssertSame(draft, read);
    }

    [SkippableFact]
    public async Task Refuses_addresses_that_need_an_extension()
    {
        postfix.Require();
        var draft = Drafts.New("bare-utf8") with { To = [Mailbox.Parse("søren@example.net")] };

        await using var client = new RecordingClient(Routes.To(postfix, PostfixService.Bare));
        var report = await client.SendAsync(new MessageBuilder().Build(draft));

        Assert.IsType<SmtpUtf8NotOfferedException>(report.Error);
        Assert.Equal(["EHLO client.example.test"], client.Commands);
    }

    /// <summary>A ready message with a line that is too long or octets that the server does not take.</summary>
    [SkippableTheory]
    [InlineData(PostfixService.Plain, "long")]
    [InlineData(PostfixService.Bare, "long")]
    [InlineData(PostfixService.Bare, "8bit")]
    public async Task Refuses_or_reencodes_a_ready_message(PostfixService service, string fault)
    {
        postfix.Require();
        var text = fault == "long" ? new string('x', 5000) + "\r\n..\r\n" : International;
        var id = Drafts.NewId(fault);
        var octets = Ready(id, text);

        var refused = await SendAsync(service, octets, new EmlOptions());
        Assert.Equal(DeliveryStatus.Failed, refused.Report.Status);
        Assert.Contains("Line 9 ", refused.Report.Error!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("MAIL FROM", refused.Dialogue, StringComparison.Ordinal);

        var sent = await SendAsync(service, octets, new EmlOptions { Reencode = true });
        Assert.True(sent.Report.Status == DeliveryStatus.Sent, $"{sent.Report.Error}\n{sent.Dialogue}");
        var read = await Judge.ReadAsync(await postfix.Store.WaitForAsync(id));
        Assert.Empty(read.Defects);
        Assert.Equal("Ready", read.Subject);
        Assert.Equal(text.ReplaceLineEndings("\n"), read.Body.Text);
        Assert.InRange(read.LongestLine, 1, 998);
        Assert.False(service == PostfixService.Bare && read.EightBit);
    }

    private static byte[] Ready(string id, string text) => Encoding.UTF8.GetBytes(
        $"""
        From: a@example.org
        To: b@example.net
        Subject: Ready
        Message-ID: <{id}>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit


        """.ReplaceLineEndings("\r\n") + text);

    private async Task<(DeliveryReport Report, string Dialogue)> SendAsync(
        PostfixService service, byte[] octets, EmlOptions options)
    {
        await using var message = await EmlMessage.ReadAsync(new MemoryStream(octets), options);
        await using var client = new RecordingClient(Routes.To(postfix, service));
        return (await client.SendAsync(message, message.ToEnvelope()), client.Dialogue);
    }
}
