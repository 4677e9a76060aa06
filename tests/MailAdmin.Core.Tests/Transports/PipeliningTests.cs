using System.Text;
using MailAdmin.Smtp;
using MailAdmin.Tests.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Transports;

public sealed class PipeliningTests : TransportTests
{
    private const string Pipelining = Hello + "\nS: 250 PIPELINING\n";

    private const string OneRecipientGroup = """
        C: MAIL FROM:<sender@example.com>
        C: RCPT TO:<a@example.com>
        C: DATA

        """;

    [Fact]
    public async Task Takes_one_round_trip_for_a_message_that_was_waiting()
    {
        const int Messages = 20;
        var script = new StringBuilder(Pipelining).Append(OneRecipientGroup)
            .Append("S: 250 ok\nS: 250 ok\nS: 354 go\n");
        for (var i = 1; i < Messages; i++)
        {
            script.Append("C...\n").Append(OneRecipientGroup)
                .Append("S: 250 queued\nS: 250 ok\nS: 250 ok\nS: 354 go\n");
        }

        script.Append("C...\nS: 250 queued\nC: QUIT\nS: 221 bye\n");
        await using var server = new ScriptedServer(script.ToString());
        await using (var transport = Transport(Route(server)))
        {
            var reports = await Task.WhenAll(
                Enumerable.Range(0, Messages).Select(_ => SendAsync(transport, Message("a@example.com"))));
            Assert.All(reports, r => Assert.Equal(DeliveryStatus.Sent, r.Status));
        }

        await server.VerifyAsync();
        Assert.Equal(string.Concat(Enumerable.Repeat(Text, Messages)), server.Content.ToString());

        // EHLO, the first group, QUIT and the close are the other four.
        Assert.Equal(Messages + 4, server.RoundTrips);
    }

    [Fact]
    public async Task Sends_a_lone_dot_where_DATA_was_accepted_without_a_recipient()
    {
        await using var server = new ScriptedServer(Pipelining + OneRecipientGroup + """
            S: 250 ok
            S: 550 5.1.1 no such user
            S: 354 go
            C: .
            S: 554 5.5.1 no valid recipients
            """ + "\n" + OneRecipientGroup + """
            S: 250 ok
            S: 250 ok
            S: 354 go
            C...
            S: 250 queued
            C: QUIT
            S: 221 bye
            """);
        await using (var transport = Transport(Route(server)))
        {
            var refused = await SendAsync(transport, Message("a@example.com"));
            Assert.Equal(DeliveryStatus.Failed, refused.Status);
            Assert.Equal(RecipientStatus.Refused, refused.Recipients[0].Status);
            Assert.Equal("550 5.1.1 no such user", refused.Recipients[0].Reply?.ToString());
            Assert.IsType<RecipientsRefusedException>(refused.Error);
            Assert.Equal(SmtpStage.RcptTo, refused.Stage);
            Assert.Equal(550, refused.Reply?.Code);
            Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transport, Message("a@example.com"))).Status);
        }

        await server.VerifyAsync();
        Assert.Equal(Text, server.Content.ToString());
    }

    [Fact]
    public async Task Resets_a_transaction_that_was_left_in_the_middle_together_with_the_next_group()
    {
        await using var server = new ScriptedServer(Pipelining + OneRecipientGroup + """
            S: 250 ok
            S: 450 4.2.1 busy
            S: 503 5.5.1 no valid recipients
            C: RSET
            """ + "\n" + OneRecipientGroup + """
            S: 250 reset
            S: 250 ok
            S: 250 ok
            S: 451 4.3.0 no disk
            C: RSET
            """ + "\n" + OneRecipientGroup + """
            S: 250 reset
            S: 250 ok
            S: 250 ok
            S: 354 go
            C...
            S: 250 queued
            C: QUIT
            S: 221 bye
            """);
        await using (var transport = Transport(Route(server)))
        {
            var first = await SendAsync(transport, Message("a@example.com"));
            Assert.Equal(DeliveryStatus.Deferred, first.Status);
            Assert.Equal(RecipientStatus.Deferred, first.Recipients[0].Status);
            Assert.True(first.Error?.IsTransient);

            var second = await SendAsync(transport, Message("a@example.com"));
            Assert.Equal(DeliveryStatus.Deferred, second.Status);
            Assert.Equal("451 4.3.0 no disk", second.Reply?.ToString());
            Assert.Equal(451, second.Recipients[0].Reply?.Code);
            Assert.Equal("SmtpDataRefused", second.Error?.ErrorId);
            Assert.Equal(SmtpStage.Data, second.Stage);

            Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transport, Message("a@example.com"))).Status);
        }

        await server.VerifyAsync();
    }

    [Fact]
    public async Task Needs_no_reset_after_MAIL_FROM_was_refused()
    {
        await using var server = new ScriptedServer(Pipelining + OneRecipientGroup + """
            S: 553 5.1.8 bad sender
            S: 503 5.5.1 need MAIL
            S: 503 5.5.1 need RCPT
            """ + "\n" + OneRecipientGroup + """
            S: 250 ok
            S: 250 ok
            S: 354 go
            C...
            S: 250 queued
            C: QUIT
            S: 221 bye
            """);
        await using (var transport = Transport(Route(server)))
        {
            var refused = await SendAsync(transport, Message("a@example.com"));
            Assert.Equal(DeliveryStatus.Failed, refused.Status);
            Assert.Equal("553 5.1.8 bad sender", refused.Reply?.ToString());
            Assert.Equal(553, refused.Recipients[0].Reply?.Code);
            Assert.Equal("SmtpMailFromRefused", refused.Error?.ErrorId);
            Assert.Equal(SmtpStage.MailFrom, refused.Stage);
            Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transport, Message("a@example.com"))).Status);
        }

        await server.VerifyAsync();
    }

    [Fact]
    public async Task Reads_the_reply_to_the_message_before_a_following_one_is_judged()
    {
        await using var server = new ScriptedServer(Pipelining + OneRecipientGroup + """
            S: 250 ok
            S: 250 ok
            S: 354 go
            C...
            """ + "\n" + OneRecipientGroup + """
            S: 554 5.7.1 spam
            S: 250 ok
            S: 550 5.1.1 unknown
            S: 554 5.5.1 no valid recipients
            C: QUIT
            S: 221 bye
            """);
        await using (var transport = Transport(Route(server)))
        {
            var first = SendAsync(transport, Message("a@example.com"));
            var second = await SendAsync(transport, Message("a@example.com"));
            Assert.Equal("554 5.7.1 spam", (await first).Reply?.ToString());
            Assert.Equal("SmtpEndOfDataRefused", (await first).Error?.ErrorId);
            Assert.Equal(RecipientStatus.Refused, (await first).Recipients[0].Status);
            Assert.Equal("550 5.1.1 unknown", second.Reply?.ToString());
        }

        await server.VerifyAsync();
    }

    [Fact]
    public async Task Bounds_the_replies_that_are_not_read_yet()
    {
        var recipients = Enumerable.Range(0, 250).Select(i => $"r{i}@example.com").ToArray();
        var script = new StringBuilder(Pipelining).Append("C: MAIL FROM:<sender@example.com>\n");
        for (var i = 0; i < 250; i += 100)
        {
            var group = recipients.Skip(i).Take(100).ToArray();
            script.AppendJoin("", group.Select(r => $"C: RCPT TO:<{r}>\n"))
                .Append(i == 200 ? "C: DATA\n" : "")
                .Append(i == 0 ? "S: 250 ok\n" : "")
                .AppendJoin("", group.Select(_ => "S: 250 ok\n"));
        }

        script.Append("S: 354 go\nC...\nS: 250 queued\nC: QUIT\nS: 221 bye\n");
        await using var server = new ScriptedServer(script.ToString());
        var report = await SendOneAsync(Route(server), Message(recipients));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
        Assert.Equal(250, report.Recipients.Count);
    }

    [Fact]
    public async Task Goes_on_with_the_others_when_a_waiting_message_cannot_be_prepared()
    {
        await using var server = new ScriptedServer(Hello + "\nS: 250-SIZE 100\nS: 250 PIPELINING\n" + """
            C: MAIL FROM:<sender@example.com> SIZE=21
            C: RCPT TO:<a@example.com>
            C: DATA
            S: 250 ok
            S: 250 ok
            S: 354 go
            C...
            S: 250 queued
            C: MAIL FROM:<sender@example.com> SIZE=21
            C: RCPT TO:<c@example.com>
            C: DATA
            S: 250 ok
            S: 250 ok
            S: 354 go
            C...
            S: 250 queued
            C: QUIT
            S: 221 bye
            """);
        var tooLarge = new TextMessage(Text + new string('x', 100) + "\r\n");
        await using (var transport = Transport(Route(server)))
        {
            var first = SendAsync(transport, Message("a@example.com"));
            var second = SendAsync(transport, Message(tooLarge, "b@example.com"));
            Assert.Equal(DeliveryStatus.Sent, (await first).Status);
            var refused = Assert.IsType<MessageTooLargeException>((await second).Error);
            Assert.Equal((123, 100), (refused.Size, refused.Limit));
            Assert.Equal(DeliveryStatus.Failed, (await second).Status);
            Assert.Equal(RecipientStatus.NotTried, (await second).Recipients[0].Status);
            Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transport, Message("c@example.com"))).Status);
        }

        await server.VerifyAsync();
        Assert.Equal(1, tooLarge.Disposed);
    }
}
