using MailAdmin.Addressing;
using MailAdmin.Smtp;
using MailAdmin.Tests.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Transports;

public sealed class RecipientBatchTests : TransportTests
{
    private static readonly string[] Three = ["a@example.com", "b@example.com", "c@example.net"];

    [Fact]
    public async Task Splits_recipients_by_the_batch_size_and_joins_the_outcomes()
    {
        await using var server = new ScriptedServer(Hello + """

            S: 250 HELP
            C: MAIL FROM:<sender@example.com>
            S: 250 ok
            C: RCPT TO:<a@example.com>
            S: 250 ok a
            C: RCPT TO:<b@example.com>
            S: 550 5.1.1 no b
            C: DATA
            S: 354 go
            C...
            S: 250 queued as 1
            C: MAIL FROM:<sender@example.com>
            S: 250 ok
            C: RCPT TO:<c@example.net>
            S: 250 ok c
            C: DATA
            S: 354 go
            C...
            S: 250 queued as 2
            C: QUIT
            S: 221 bye
            """);
        var report = await SendOneAsync(Route(server) with { BatchSize = 2 }, Message(Three));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.PartlySent, report.Status);
        Assert.Equal(
            [RecipientStatus.Accepted, RecipientStatus.Refused, RecipientStatus.Accepted],
            report.Recipients.Select(r => r.Status));
        Assert.Equal(["ok a", "5.1.1 no b", "ok c"], report.Recipients.Select(r => r.Reply?.Text));
        Assert.Equal("queued as 2", report.Reply?.Text);
        Assert.Null(report.Error);
        Assert.Equal(Text + Text, server.Content.ToString());
    }

    [Theory]
    [InlineData("RCPTMAX=1", "a@example.com", "b@example.com", "c@example.net")]
    [InlineData("RCPTDOMAINMAX=1", "a@example.com+b@example.com", "c@example.net")]
    [InlineData("RCPTMAX=2 RCPTDOMAINMAX=5", "a@example.com+b@example.com", "c@example.net")]
    public async Task Keeps_the_limits_that_the_server_announces(string limits, params string[] batches)
    {
        var script = Hello + $"\nS: 250-LIMITS {limits}\nS: 250 PIPELINING\n";
        for (var i = 0; i < batches.Length; i++)
        {
            var recipients = batches[i].Split('+');
            script += "C: MAIL FROM:<sender@example.com>\n"
                + string.Concat(recipients.Select(r => $"C: RCPT TO:<{r}>\n")) + "C: DATA\n"
                + (i == 0 ? "" : "S: 250 queued\n")
                + "S: 250 ok\n" + string.Concat(recipients.Select(_ => "S: 250 ok\n")) + "S: 354 go\n"
                + "C...\n";
        }

        await using var server = new ScriptedServer(script + "S: 250 queued\nC: QUIT\nS: 221 bye\n");
        var report = await SendOneAsync(Route(server), Message(Three));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
        Assert.Equal(Three, report.Recipients.Select(r => r.Address.ToString()));
    }

    [Fact]
    public async Task Makes_another_session_where_the_server_takes_one_message_each()
    {
        const string Session = Hello + """

            S: 250-PIPELINING
            S: 250 LIMITS MAILMAX=1
            C: MAIL FROM:<sender@example.com>
            C: RCPT TO:<a@example.com>
            C: DATA
            S: 250 ok
            S: 250 ok
            S: 354 go
            C...
            S: 250 queued
            C: QUIT
            S: 221 bye
            """;
        await using var server = new ScriptedServer(Session + "\n---\n" + Session);
        await using (var transport = Transport(Route(server)))
        {
            var first = SendAsync(transport, Message("a@example.com"));
            var second = SendAsync(transport, Message("a@example.com"));
            Assert.Equal(DeliveryStatus.Sent, (await first).Status);
            Assert.Equal(DeliveryStatus.Sent, (await second).Status);
        }

        await server.VerifyAsync();
        Assert.Equal(2, server.Connections);
    }

    [Theory]
    [InlineData("452 4.5.3 too many recipients")]
    [InlineData("452 too many recipients")]
    [InlineData("552 5.5.3 too many recipients")]
    public async Task Sends_to_the_rest_in_another_transaction_when_one_has_enough(string reply)
    {
        await using var server = new ScriptedServer(Hello + $"""

            S: 250 PIPELINING
            C: MAIL FROM:<sender@example.com>
            C: RCPT TO:<a@example.com>
            C: RCPT TO:<b@example.com>
            C: RCPT TO:<c@example.net>
            C: DATA
            S: 250 ok
            S: 250 ok
            S: {reply}
            S: {reply}
            S: 354 go
            C...
            S: 250 queued
            C: MAIL FROM:<sender@example.com>
            C: RCPT TO:<b@example.com>
            C: RCPT TO:<c@example.net>
            C: DATA
            S: 250 ok
            S: 250 ok
            S: 250 ok
            S: 354 go
            C...
            S: 250 queued
            C: QUIT
            S: 221 bye
            """);
        var report = await SendOneAsync(Route(server), Message(Three));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
        Assert.All(report.Recipients, r => Assert.Equal(250, r.Reply?.Code));
    }

    [Fact]
    public async Task Asks_for_no_more_recipients_than_a_simple_server_wants()
    {
        await using var server = new ScriptedServer(Hello + """

            S: 250 HELP
            C: MAIL FROM:<sender@example.com>
            S: 250 ok
            C: RCPT TO:<a@example.com>
            S: 250 ok
            C: RCPT TO:<b@example.com>
            S: 452 4.5.3 enough
            C: DATA
            S: 354 go
            C...
            S: 250 queued
            C: MAIL FROM:<sender@example.com>
            S: 250 ok
            C: RCPT TO:<b@example.com>
            S: 250 ok
            C: RCPT TO:<c@example.net>
            S: 250 ok
            C: DATA
            S: 354 go
            C...
            S: 250 queued
            C: QUIT
            S: 221 bye
            """);
        var report = await SendOneAsync(Route(server), Message(Three));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
    }

    [Theory]
    [InlineData("452 4.5.3 too many recipients")]
    [InlineData("452 4.3.1 no space")]
    public async Task Does_not_try_forever_with_a_server_that_takes_nobody(string reply)
    {
        await using var server = new ScriptedServer(Hello + $"""

            S: 250 HELP
            C: MAIL FROM:<sender@example.com>
            S: 250 ok
            C: RCPT TO:<a@example.com>
            S: {reply}
            C: QUIT
            S: 221 bye
            """);
        var report = await SendOneAsync(Route(server), Message("a@example.com"));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Deferred, report.Status);
        Assert.Equal(RecipientStatus.Deferred, report.Recipients[0].Status);
        Assert.Equal(SmtpStage.RcptTo, report.Stage);
    }

    [Theory]
    [InlineData(
        "PIPELINING",
        "C: RCPT TO:<a@example.com>\nC: RCPT TO:<b@example.com>\nC: RCPT TO:<c@example.net>\nS: 250 ok")]
    [InlineData("HELP", "S: 250 ok\nC: RCPT TO:<a@example.com>")]
    public async Task Sends_nothing_when_all_are_required_and_one_is_refused(string keyword, string group)
    {
        var between = keyword == "HELP" ? "C: RCPT TO:<b@example.com>\n" : "";
        var then = keyword == "HELP" ? "C: RCPT TO:<c@example.net>\n" : "";
        await using var server = new ScriptedServer(Hello + $"""

            S: 250 {keyword}
            C: MAIL FROM:<sender@example.com>
            {group}
            S: 250 ok
            {between}S: 550 5.1.1 no b
            {then}S: 250 ok
            C: QUIT
            S: 221 bye
            """);
        var report = await SendOneAsync(Route(server) with { RequireAllRecipients = true }, Message(Three));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Failed, report.Status);
        Assert.Equal(
            [RecipientStatus.NotTried, RecipientStatus.Refused, RecipientStatus.NotTried],
            report.Recipients.Select(r => r.Status));
        Assert.IsType<RecipientsRefusedException>(report.Error);
        Assert.Contains("1 of 3", report.Error.Message, StringComparison.Ordinal);
        Assert.Equal("", server.Content.ToString());
    }

    [Fact]
    public async Task Sends_to_all_who_are_required()
    {
        await using var server = new ScriptedServer(Hello + """

            S: 250 PIPELINING
            C: MAIL FROM:<sender@example.com>
            C: RCPT TO:<a@example.com>
            C: RCPT TO:<b@example.com>
            S: 250 ok
            S: 250 ok
            S: 250 ok
            C: DATA
            S: 354 go
            C...
            S: 250 queued
            C: QUIT
            S: 221 bye
            """);
        var report = await SendOneAsync(
            Route(server) with { RequireAllRecipients = true }, Message("a@example.com", "b@example.com"));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
    }

    [Fact]
    public async Task Promises_no_all_or_nothing_over_several_transactions()
    {
        await using var server = new ScriptedServer(Hello + "\nS: 250 HELP\nC: QUIT\nS: 221 bye");
        var report = await SendOneAsync(
            Route(server) with { RequireAllRecipients = true, BatchSize = 2 }, Message(Three));
        await server.VerifyAsync();
        Assert.IsType<RecipientLimitException>(report.Error);
        Assert.All(report.Recipients, r => Assert.Equal(RecipientStatus.NotTried, r.Status));
    }

    [Fact]
    public async Task Refuses_a_message_without_a_recipient_before_anything_is_connected()
    {
        await using var server = new ScriptedServer("");
        var report = await SendOneAsync(Route(server), Message());
        Assert.IsType<NoRecipientException>(report.Error);
        Assert.Equal(DeliveryStatus.Failed, report.Status);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task Asks_for_reports_where_the_server_offers_them()
    {
        await using var server = new ScriptedServer(Hello + """

            S: 250 DSN
            C: MAIL FROM:<> RET=HDRS ENVID=a+2Bb
            S: 250 ok
            C: RCPT TO:<a@example.com> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;x+2By@example.org
            S: 250 ok
            C: RCPT TO:<b@example.com> NOTIFY=NEVER
            S: 250 ok
            C: DATA
            S: 354 go
            C...
            S: 250 queued
            C: QUIT
            S: 221 bye
            """);
        var report = await SendOneAsync(Route(server), WithReports());
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
        Assert.Empty(report.Warnings);
    }

    [Fact]
    public async Task Warns_where_the_server_offers_no_reports()
    {
        await using var server = new ScriptedServer(Hello + """

            S: 250 HELP
            C: MAIL FROM:<>
            S: 250 ok
            C: RCPT TO:<a@example.com>
            S: 250 ok
            C: RCPT TO:<b@example.com>
            S: 250 ok
            C: DATA
            S: 354 go
            C...
            S: 250 queued
            C: QUIT
            S: 221 bye
            """);
        var report = await SendOneAsync(Route(server), WithReports());
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
        Assert.Contains("DSN", Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    private static OutgoingMessage WithReports() => new(
        new TextMessage(Text),
        new Envelope(null, [
            new EnvelopeRecipient(
                EmailAddress.Parse("a@example.com"),
                DsnNotify.Success | DsnNotify.Failure | DsnNotify.Delay,
                EmailAddress.Parse("x+y@example.org")),
            new EnvelopeRecipient(EmailAddress.Parse("b@example.com"), DsnNotify.Never),
        ])
        {
            Return = DsnReturn.Headers,
            EnvelopeId = "a+b",
        });
}
