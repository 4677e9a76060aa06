using MailAdmin.Addressing;
using MailAdmin.Net;
using MailAdmin.Smtp;

namespace MailAdmin.Tests.Smtp;

public sealed class SmtpClientTests
{
    private static readonly EmailAddress Sender = EmailAddress.Parse("a@example.com");

    [Theory]
    [InlineData(Fragmentation.Whole)]
    [InlineData(Fragmentation.Lines)]
    [InlineData(Fragmentation.Octets)]
    public async Task Speaks_one_command_at_a_time(Fragmentation fragmentation)
    {
        await using var server = new ScriptedServer(
            """
            S: 220-mail.example.com
            S: 220 ESMTP
            C: EHLO [127.0.0.1]
            S: 250-mail.example.com
            S: 250-DSN
            S: 250 SIZE 1000
            C: NOOP
            S: 250 ok
            C: MAIL FROM:<a@example.com> SIZE=12 BODY=8BITMIME SMTPUTF8 RET=FULL ENVID=x
            S: 250 2.1.0 ok
            C: RCPT TO:<b@example.com> NOTIFY=NEVER
            S: 550 5.1.1 unknown
            C: RSET
            S: 250 reset
            C: QUIT
            S: 221 bye
            """,
            fragmentation);
        await using var client = await ConnectAsync(server);
        var none = CancellationToken.None;
        Assert.Equal(["mail.example.com", "ESMTP"], (await client.ReadGreetingAsync(none)).Lines);
        await client.EhloAsync("[127.0.0.1]", none);
        Assert.Equal(1000, client.Capabilities.MaxMessageSize);
        await client.NoopAsync(none);
        var parameters = new MailParameters(12, EightBitMime: true, SmtpUtf8: true, DsnReturn.Full, "x");
        Assert.Equal(250, (await client.MailFromAsync(Sender, parameters, none)).Code);
        var recipient = new EnvelopeRecipient(EmailAddress.Parse("b@example.com"), DsnNotify.Never);
        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => client.RcptToAsync(recipient, none));
        Assert.Equal("SmtpRcptToRefused", refused.ErrorId);
        Assert.Equal(SmtpStage.RcptTo, refused.Stage);
        Assert.False(refused.IsTransient);
        Assert.Equal(new EnhancedStatusCode(5, 1, 1), refused.Reply?.Enhanced);
        Assert.True(client.IsOpen);
        await client.RsetAsync(none);
        await client.QuitAsync(none);
        Assert.False(client.IsOpen);
        await client.DisposeAsync();
        await server.VerifyAsync();
    }

    [Fact]
    public async Task Knows_that_421_ends_the_session_and_says_nothing_more()
    {
        await using var server = new ScriptedServer("S: 220 ok\nC: EHLO x\nS: 421 4.3.2 closing");
        await using var client = await ConnectAsync(server);
        await client.ReadGreetingAsync(CancellationToken.None);
        var closing = await Assert.ThrowsAsync<SmtpCommandException>(
            () => client.EhloAsync("x", CancellationToken.None));
        Assert.True(closing.IsTransient);
        Assert.False(client.IsOpen);
        await client.QuitAsync(CancellationToken.None);
        await client.DisposeAsync();
        await server.VerifyAsync();
    }

    [Fact]
    public async Task Sends_nothing_of_a_command_that_would_be_two()
    {
        await using var server = new ScriptedServer("S: 220 ok");
        await using var client = await ConnectAsync(server);
        await client.ReadGreetingAsync(CancellationToken.None);
        await Assert.ThrowsAsync<SmtpCommandFormatException>(
            () => client.EhloAsync("x\r\nMAIL FROM:<>", CancellationToken.None));
        var tooLong = new MailParameters(EnvelopeId: new string('x', 101));
        await Assert.ThrowsAsync<SmtpCommandFormatException>(
            async () => await client.MailFromAsync(Sender, tooLong, CancellationToken.None));
        await client.DisposeAsync();
        await server.VerifyAsync();
    }

    [Fact]
    public async Task Takes_no_go_ahead_for_a_yes()
    {
        await using var server = new ScriptedServer("S: 220 ok\nC: NOOP\nS: 354 go");
        await using var client = await ConnectAsync(server);
        await client.ReadGreetingAsync(CancellationToken.None);
        var fault = await Assert.ThrowsAsync<SmtpProtocolException>(() => client.NoopAsync(CancellationToken.None));
        Assert.Equal("SmtpUnexpectedReply", fault.ErrorId);
        await client.DisposeAsync();
        await server.VerifyAsync();
    }

    private static async Task<SmtpClient> ConnectAsync(ScriptedServer server) => new(
        await new TcpDialer().DialAsync("127.0.0.1", server.Port, new DialOptions(), null, CancellationToken.None),
        SmtpTimeouts.All(TimeSpan.FromSeconds(20)));
}
