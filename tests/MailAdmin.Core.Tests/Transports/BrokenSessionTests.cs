using MailAdmin.Net;
using MailAdmin.Smtp;
using MailAdmin.Tests.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Transports;

public sealed class BrokenSessionTests : TransportTests
{
    private const string Simple = Hello + "\nS: 250 HELP\n";
    private const string Pipelining = Hello + "\nS: 250 PIPELINING\n";

    private const string Group = """
        C: MAIL FROM:<sender@example.com>
        C: RCPT TO:<a@example.com>
        C: DATA

        """;

    private const string Accepted = """
        S: 250 ok
        S: 250 ok
        S: 354 go

        """;

    private const string Leave = """
        C: QUIT
        S: 221 bye
        """;

    [Fact]
    public async Task Connects_again_when_a_kept_connection_was_closed_by_the_server()
    {
        const string Message1 = Pipelining + Group + Accepted + "C...\nS: 250 queued\n";
        await using var server = new ScriptedServer(Message1 + "drop\n---\n" + Message1 + Leave);
        await using (var transport = Transport(Route(server)))
        {
            Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transport, Message("a@example.com"))).Status);
            Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transport, Message("a@example.com"))).Status);
        }

        await server.VerifyAsync();
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task Connects_again_when_the_server_says_421_to_a_kept_connection()
    {
        const string Message1 = Simple
            + "C: MAIL FROM:<sender@example.com>\nS: 250 ok\nC: RCPT TO:<a@example.com>\nS: 250 ok\n"
            + "C: DATA\nS: 354 go\nC...\nS: 250 queued\n";
        await using var server = new ScriptedServer(
            Message1 + "C: MAIL FROM:<sender@example.com>\nS: 421 4.4.2 idle too long\n---\n" + Message1 + Leave);
        await using (var transport = Transport(Route(server)))
        {
            Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transport, Message("a@example.com"))).Status);
            Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transport, Message("a@example.com"))).Status);
        }

        await server.VerifyAsync();
    }

    [Fact]
    public async Task Sends_again_once_when_the_connection_broke_before_the_end_of_the_message()
    {
        const string Half = Pipelining + Group + Accepted + "C: Subject: x\ndrop\n";
        await using var server = new ScriptedServer(Half + "---\n" + Half);
        var report = await SendOneAsync(Route(server), LongMessage());
        await server.VerifyAsync();
        Assert.Equal(2, server.Connections);
        Assert.Equal(DeliveryStatus.Deferred, report.Status);
        Assert.IsType<ConnectionLostException>(report.Error);
        Assert.Equal(SmtpStage.Content, report.Stage);
        Assert.Equal(RecipientStatus.Deferred, report.Recipients[0].Status);
    }

    [Fact]
    public async Task Never_sends_again_what_the_server_may_have_taken()
    {
        await using var server = new ScriptedServer(
            Pipelining + Group + Accepted + "C...\n" + Group + "drop\n---\n"
            + Pipelining + Group + Accepted + "C...\nS: 250 queued\n" + Leave);
        await using (var transport = Transport(Route(server)))
        {
            var first = SendAsync(transport, Message("a@example.com"));
            var second = await SendAsync(transport, Message("a@example.com"));
            var unknown = await first;
            Assert.Equal(DeliveryStatus.Deferred, unknown.Status);
            var error = Assert.IsType<OutcomeUnknownException>(unknown.Error);
            Assert.IsType<ConnectionLostException>(error.InnerException);
            Assert.Contains("may have been delivered", error.Message, StringComparison.Ordinal);
            Assert.Equal(SmtpStage.EndOfData, unknown.Stage);
            Assert.Equal(RecipientStatus.Deferred, unknown.Recipients[0].Status);
            Assert.Null(unknown.Recipients[0].Reply);
            Assert.Equal(DeliveryStatus.Sent, second.Status);
        }

        await server.VerifyAsync();
        Assert.Equal(Text + Text, server.Content.ToString());
    }

    [Fact]
    public async Task Believes_a_421_to_the_message_and_sends_the_waiting_one_over_another_connection()
    {
        await using var server = new ScriptedServer(
            Pipelining + Group + Accepted + "C...\n" + Group + "S: 421 4.3.2 going down\n---\n"
            + Pipelining + Group + Accepted + "C...\nS: 250 queued\n" + Leave);
        await using (var transport = Transport(Route(server)))
        {
            var first = SendAsync(transport, Message("a@example.com"));
            var second = await SendAsync(transport, Message("a@example.com"));
            Assert.Equal(DeliveryStatus.Deferred, (await first).Status);
            Assert.Equal(421, (await first).Reply?.Code);
            Assert.IsType<SmtpCommandException>((await first).Error);
            Assert.Equal(DeliveryStatus.Sent, second.Status);
        }

        await server.VerifyAsync();
    }

    [Fact]
    public async Task Keeps_what_is_known_of_earlier_transactions_when_a_later_one_breaks()
    {
        const string First = "C: MAIL FROM:<sender@example.com>\nC: RCPT TO:<a@example.com>\nC: DATA\n";
        const string Second = "C: MAIL FROM:<sender@example.com>\nC: RCPT TO:<b@example.com>\nC: DATA\n";
        await using var server = new ScriptedServer(
            Pipelining + First + Accepted + "C...\n" + Second + "S: 250 queued\n" + Accepted + "C...\ndrop\n");
        var report = await SendOneAsync(
            Route(server) with { BatchSize = 1 }, Message("a@example.com", "b@example.com"));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.PartlySent, report.Status);
        Assert.Equal([RecipientStatus.Accepted, RecipientStatus.Deferred], report.Recipients.Select(r => r.Status));
        Assert.IsType<OutcomeUnknownException>(report.Error);
    }

    [Fact]
    public async Task Breaks_the_session_rather_than_end_a_message_that_changed_its_size()
    {
        await using var server = new ScriptedServer(
            Pipelining + Group + Accepted + "---\n" + Pipelining + Group + Accepted + "C...\nS: 250 queued\n" + Leave);
        await using (var transport = Transport(Route(server)))
        {
            var shrunk = await SendAsync(
                transport, Message(new TextMessage(Text) { ClaimedLength = Text.Length + 1 }, "a@example.com"));
            Assert.Equal("MessageSizeChanged", shrunk.Error?.ErrorId);
            Assert.Equal(DeliveryStatus.Failed, shrunk.Status);
            Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transport, Message("a@example.com"))).Status);
        }

        await server.VerifyAsync();
        Assert.Equal(Text, server.Content.ToString());
    }

    [Fact]
    public async Task Gives_up_a_message_at_once_and_sends_the_others()
    {
        await using var server = new ScriptedServer(
            Simple + "C: MAIL FROM:<sender@example.com>\nstall\n---\n"
            + Pipelining + Group + Accepted + "C...\nS: 250 queued\n" + Leave);
        using var cancel = new CancellationTokenSource();
        await using (var transport = Transport(Route(server)))
        {
            var stalled = transport.SendAsync(Message("a@example.com"), null, cancel.Token);
            var waiting = transport.SendAsync(Message("a@example.com"), null, cancel.Token);
            var other = SendAsync(transport, Message("a@example.com"));
            await server.Stalled;
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stalled);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            Assert.Equal(DeliveryStatus.Sent, (await other).Status);
        }

        await server.VerifyAsync();
    }

    [Fact]
    public async Task Hands_a_fault_that_is_not_about_mail_to_the_caller()
    {
        await using var server = new ScriptedServer(Pipelining + Group + Accepted);
        await using var transport = Transport(Route(server));
        var message = new TextMessage(Text) { Fault = new InvalidOperationException("a bug") };
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => SendAsync(transport, Message(message, "a@example.com")));
        Assert.Equal("a bug", fault.Message);
        await server.VerifyAsync();
    }

    [Fact]
    public async Task Takes_no_message_after_it_was_disposed()
    {
        await using var server = new ScriptedServer("");
        var transport = Transport(Route(server));
        await transport.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => SendAsync(transport, Message("a@example.com")));
    }

    [Fact]
    public async Task Can_be_used_again_after_it_was_closed()
    {
        const string Session = Pipelining + Group + Accepted + "C...\nS: 250 queued\n" + Leave;
        await using var server = new ScriptedServer(Session + "\n---\n" + Session);
        await using (var transport = Transport(Route(server)))
        {
            await SendAsync(transport, Message("a@example.com"));
            await transport.CloseAsync(CancellationToken.None);
            await SendAsync(transport, Message("a@example.com"));
        }

        await server.VerifyAsync();
    }

    [Fact]
    public async Task Reports_progress_up_to_the_whole_size()
    {
        await using var server = new ScriptedServer(Pipelining + Group + Accepted + "C...\nS: 250 queued\n" + Leave);
        var content = Text + string.Concat(Enumerable.Repeat(new string('x', 70) + "\r\n", 5_000));
        var progress = new Steps();
        await using (var transport = Transport(Route(server)))
        {
            var message = Message(new TextMessage(content, pieceSize: 10_000), "a@example.com");
            await transport.SendAsync(message, progress, CancellationToken.None);
        }

        await server.VerifyAsync();
        Assert.Equal(progress.Values.Order(), progress.Values);
        Assert.Equal(content.Length, progress.Values[^1]);
        Assert.InRange(progress.Values.Count, 3, 8);
        Assert.Equal(content, server.Content.ToString());
    }

    private static OutgoingMessage LongMessage() => Message(
        new TextMessage(Text + string.Concat(Enumerable.Repeat(new string('x', 998) + "\r\n", 20_000))),
        "a@example.com");

    private sealed class Steps : IProgress<long>
    {
        public List<long> Values { get; } = [];

        public void Report(long value) => Values.Add(value);
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(int.MaxValue)]
    public async Task Hears_why_a_server_leaves_while_the_message_is_still_going_out(int pieceSize)
    {
        await using var server = new ScriptedServer(
            Pipelining + Group + Accepted + "S: 552 5.3.4 no more than 1 MB here\ndrop\n");
        var large = new TextMessage(
            Text + string.Concat(Enumerable.Repeat(new string('x', 70) + "\r\n", 500_000)), pieceSize);

        var report = await SendOneAsync(Route(server), Message(large, "a@example.com"));

        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Failed, report.Status);
        Assert.Equal(552, report.Reply?.Code);
        Assert.Equal(RecipientStatus.Refused, Assert.Single(report.Recipients).Status);
        Assert.Equal(1, server.Connections);
    }
}
