using MailAdmin.Net;
using MailAdmin.Smtp;
using MailAdmin.Tests.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Transports;

public sealed class ChunkingTests : TransportTests
{
    private const string Chunking = Hello + "\nS: 250-PIPELINING\nS: 250 CHUNKING\n";

    private const string Chunk = """
        C: MAIL FROM:<sender@example.com>
        C: RCPT TO:<a@example.com>
        C: BDAT 21 LAST
        C= 21

        """;

    private const string Data = """
        C: MAIL FROM:<sender@example.com>
        C: RCPT TO:<a@example.com>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 354 go
        C...
        S: 250 queued

        """;

    private const string Queued = "S: 250 ok\nS: 250 ok\nS: 250 queued\n";
    private const string Leave = "C: QUIT\nS: 221 bye";

    [Fact]
    public async Task Takes_one_round_trip_for_a_message_that_comes_alone()
    {
        await using var server = new ScriptedServer(Chunking + Chunk + Queued + Chunk + Queued + Leave);
        await using (var transport = Transport(Route(server)))
        {
            var report = await SendAsync(transport, Message("a@example.com"));
            Assert.Equal(DeliveryStatus.Sent, report.Status);
            Assert.Equal("queued", report.Reply?.Text);
            Assert.Equal(SmtpStage.EndOfData, report.Stage);
            Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transport, Message("a@example.com"))).Status);
        }

        await server.VerifyAsync();
        Assert.Equal(Text + Text, server.Content.ToString());

        // EHLO, two messages, QUIT and the close.
        Assert.Equal(5, server.RoundTrips);
    }

    [Fact]
    public async Task Resets_after_a_chunk_that_was_refused()
    {
        await using var server = new ScriptedServer(
            Chunking + Chunk + "S: 250 ok\nS: 550 5.1.1 unknown\nS: 554 5.5.1 no valid recipients\nC: RSET\n"
            + Chunk + "S: 250 reset\nS: 250 ok\nS: 250 ok\nS: 552 5.3.4 too big\nC: RSET\n"
            + Chunk + "S: 250 reset\n" + Queued + Leave);
        await using (var transport = Transport(Route(server)))
        {
            var unknown = await SendAsync(transport, Message("a@example.com"));
            Assert.IsType<RecipientsRefusedException>(unknown.Error);
            Assert.Equal("5.1.1 unknown", unknown.Recipients[0].Reply?.Text);
            Assert.Equal(SmtpStage.RcptTo, unknown.Stage);
            var tooBig = await SendAsync(transport, Message("a@example.com"));
            Assert.Equal("SmtpEndOfDataRefused", tooBig.Error?.ErrorId);
            Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transport, Message("a@example.com"))).Status);
        }

        await server.VerifyAsync();
    }

    [Fact]
    public async Task Names_the_stage_that_refused_and_not_the_end_of_the_group()
    {
        await using var server = new ScriptedServer(
            Chunking + Chunk + "S: 550 5.7.60 not you\nS: 503 no sender\nS: 503 no sender\n" + Leave);
        var report = await SendOneAsync(Route(server), Message("a@example.com"));
        Assert.Equal("SmtpMailFromRefused", report.Error?.ErrorId);
        Assert.Equal(SmtpStage.MailFrom, report.Stage);
    }

    [Fact]
    public async Task Never_sends_a_chunk_again_that_the_server_may_have_taken()
    {
        await using var server = new ScriptedServer(Chunking + Chunk + "S: 250 ok\nS: 250 ok\ndrop");
        var report = await SendOneAsync(Route(server), Message("a@example.com"));
        await server.VerifyAsync();
        Assert.IsType<OutcomeUnknownException>(report.Error);
        Assert.Equal(DeliveryStatus.Deferred, report.Status);
    }

    [Theory]
    [InlineData("S: 421 4.4.2 idle too long")]
    [InlineData("S: 250 ok\nS: 421 4.7.0 too fast")]
    [InlineData("S: 250 ok\nS: 550 5.1.1 unknown\ndrop")]
    [InlineData("S: 451 4.3.0 not now\ndrop")]
    public async Task Sends_a_chunk_again_that_the_server_cannot_have_taken(string refusal)
    {
        await using var server = new ScriptedServer(
            Chunking + Chunk + refusal + "\n---\n" + Chunking + Chunk + Queued + Leave);
        var report = await SendOneAsync(Route(server), Message("a@example.com"));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
    }

    [Fact]
    public async Task Asks_before_it_sends_a_large_message()
    {
        await using var server = new ScriptedServer(Chunking + Data + Leave);
        var large = Text + string.Concat(Enumerable.Repeat(new string('x', 78) + "\r\n", 1_000));
        var report = await SendOneAsync(Route(server), Message(new TextMessage(large), "a@example.com"));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
        Assert.Equal(large, server.Content.ToString());
    }

    [Fact]
    public async Task Asks_first_over_a_connection_that_was_idle()
    {
        await using var server = new ScriptedServer(Chunking + Chunk + Queued + Data + Chunk + Queued + Leave);
        var time = new AdjustableTime();
        await using (var transport = new SmtpTransport(Route(server), new TcpDialer(), time: time))
        {
            await SendAsync(transport, Message("a@example.com"));
            time.Advance(TimeSpan.FromSeconds(5));
            await SendAsync(transport, Message("a@example.com"));
            await SendAsync(transport, Message("a@example.com"));
        }

        await server.VerifyAsync();
    }

    [Fact]
    public async Task Sends_no_chunk_when_all_recipients_are_required()
    {
        await using var server = new ScriptedServer(Chunking + """
            C: MAIL FROM:<sender@example.com>
            C: RCPT TO:<a@example.com>
            S: 250 ok
            S: 550 5.1.1 unknown
            """ + "\n" + Leave);
        var report = await SendOneAsync(Route(server) with { RequireAllRecipients = true }, Message("a@example.com"));
        await server.VerifyAsync();
        Assert.IsType<RecipientsRefusedException>(report.Error);
    }

    private sealed class AdjustableTime : TimeProvider
    {
        private TimeSpan _ahead;

        public void Advance(TimeSpan by) => _ahead += by;

        public override long GetTimestamp() => base.GetTimestamp() + (long)(_ahead.TotalSeconds * TimestampFrequency);
    }
}
