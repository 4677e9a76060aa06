using MailAdmin.Addressing;
using MailAdmin.Mime;

namespace MailAdmin.Tests.Mime;

public sealed class HeaderSectionTests
{
    private static readonly WireFormat Utf8 = new(EightBit: true, Utf8Headers: true);

    [Theory]
    [InlineData(MessagePriority.High, "X-Priority: 1\r\nImportance: high\r\nPriority: urgent\r\n")]
    [InlineData(MessagePriority.Low, "X-Priority: 5\r\nImportance: low\r\nPriority: non-urgent\r\n")]
    public async Task Says_how_urgent_it_is(MessagePriority priority, string lines) =>
        Assert.Contains(
            lines, await Composed.WriteAsync(Composed.Draft with { Priority = priority }), StringComparison.Ordinal);

    [Fact]
    public async Task Ordinary_messages_have_no_priority_headers() =>
        Assert.DoesNotContain("riority", await Composed.WriteAsync(Composed.Draft), StringComparison.Ordinal);

    [Fact]
    public async Task Writes_all_address_fields_but_bcc()
    {
        var wire = await Composed.WriteAsync(Composed.Draft with
        {
            Sender = Composed.Mailbox("office@example.com", "The Office, Inc."),
            ReplyTo = [Composed.Mailbox("answers@example.com"), Composed.Mailbox("more@example.com", "Ümit")],
            Cc = [Composed.Mailbox("\"c c\"@bücher.example", "a \"b\" \\")],
            Bcc = [Composed.Mailbox("hidden@example.net")],
            MessageId = "<my.id@example.com>",
            Headers = [new("X-Empty", ""), new("Disposition-Notification-To", "Müller <m@example.com>")],
        });
        Assert.Contains(
            """
            From: Anna <anna@example.com>
            Sender: "The Office, Inc." <office@example.com>
            Reply-To: answers@example.com, =?utf-8?B?w5xtaXQ=?= <more@example.com>
            To: ben@example.org
            Cc: "a \"b\" \\" <"c c"@xn--bcher-kva.example>
            Subject: Hello
            Message-ID: <my.id@example.com>
            X-Empty:
            Disposition-Notification-To: =?utf-8?Q?M=C3=BCller?= <m@example.com>
            MIME-Version: 1.0
            """.ReplaceLineEndings("\r\n"),
            wire,
            StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", wire, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sender_who_is_the_author_is_not_written() =>
        Assert.DoesNotContain(
            "Sender:",
            await Composed.WriteAsync(Composed.Draft with { Sender = Composed.Mailbox("anna@example.com") }),
            StringComparison.Ordinal);

    [Fact]
    public async Task Folds_long_lists()
    {
        var wire = await Composed.WriteAsync(Composed.Draft with
        {
            To =
                [.. Enumerable.Range(0, 500).Select(i => Composed.Mailbox($"recipient{i}@example.com", $"Number {i}"))],
        });
        Assert.All(wire.Split("\r\n"), line => Assert.True(line.Length <= 78, line));
    }

    [Theory]
    [InlineData(0, 0, "+0000")]
    [InlineData(-3, -30, "-0330")]
    [InlineData(5, 45, "+0545")]
    public async Task Writes_the_date_with_its_zone(int hours, int minutes, string zone)
    {
        var date = new DateTimeOffset(2026, 11, 1, 2, 3, 4, new TimeSpan(hours, minutes, 0));
        Assert.StartsWith(
            $"Date: Sun, 01 Nov 2026 02:03:04 {zone}\r\n",
            await Composed.WriteAsync(Composed.Draft with { Date = date }),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_non_ascii_local_part_needs_smtputf8()
    {
        var message = Composed.Build(Composed.Draft with { Cc = [Composed.Mailbox("用户@例え.テスト")] });
        var fault = await Assert.ThrowsAsync<MessageException>(
            async () => await message.PrepareAsync(new WireFormat(true, false), CancellationToken.None));
        Assert.Equal("SmtpUtf8NotOffered", fault.ErrorId);
        Assert.Equal(MailErrorKind.NotSupported, fault.Kind);
        Assert.Contains("SMTPUTF8", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_are_in_utf8_only_when_an_address_needs_it()
    {
        var draft = Composed.Draft with { From = Composed.Mailbox("用户@例え.テスト", "ä, ö"), Subject = "日本語" };
        var message = Composed.Build(draft);
        await using var prepared = await message.PrepareAsync(Utf8, CancellationToken.None);
        Assert.True(prepared.UsesUtf8Headers);
        Assert.Contains(
            "From: \"ä, ö\" <用户@xn--r8jz45g.xn--zckzah>\r\nTo: ben@example.org\r\nSubject: 日本語\r\n",
            await Composed.WriteAsync(draft, Utf8),
            StringComparison.Ordinal);

        await using var ascii = await Composed.Build(Composed.Draft with { Subject = "日本語" })
            .PrepareAsync(Utf8, CancellationToken.None);
        Assert.False(ascii.UsesUtf8Headers);
    }

    [Fact]
    public void A_hidden_recipient_does_not_make_headers_utf8()
    {
        var message = Composed.Build(Composed.Draft with { Bcc = [Composed.Mailbox("用户@x.test")] });
        Assert.True(message.ToEnvelope().RequiresSmtpUtf8);
    }
}
