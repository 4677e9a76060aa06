using MailAdmin.Smtp;
using MailAdmin.Tests.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Transports;

public sealed class SmtpTransportTests : TransportTests
{
    [Theory]
    [InlineData(Fragmentation.Whole)]
    [InlineData(Fragmentation.Lines)]
    [InlineData(Fragmentation.Octets)]
    public async Task Sends_a_message_step_by_step_to_a_simple_server(Fragmentation fragmentation)
    {
        await using var server = new ScriptedServer(
            Hello + """

            S: 250 HELP
            C: MAIL FROM:<sender@example.com>
            S: 250 2.1.0 ok
            C: RCPT TO:<a@example.com>
            S: 250 2.1.5 ok
            C: RCPT TO:<b@example.com>
            S: 251-2.1.5 will
            S: 251 2.1.5 forward
            C: DATA
            S: 354 go
            C...
            S: 250 2.0.0 queued as 4711
            C: QUIT
            S: 221 bye
            """,
            fragmentation);
        var report = await SendOneAsync(Route(server), Message("a@example.com", "b@example.com"));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
        Assert.Equal("250 2.0.0 queued as 4711", report.Reply?.ToString());
        Assert.Equal(SmtpStage.EndOfData, report.Stage);
        Assert.Equal($"127.0.0.1:{server.Port}", report.Server);
        Assert.Equal(server.Port, report.RemoteAddress?.Port);
        Assert.Null(report.TlsProtocol);
        Assert.Null(report.Error);
        Assert.Empty(report.Warnings);
        Assert.Equal("1@example.com", report.MessageId);
        Assert.Equal(Text.Length, report.Size);
        Assert.Equal(["a@example.com", "b@example.com"], report.Recipients.Select(r => r.Address.ToString()));
        Assert.All(report.Recipients, r => Assert.Equal(RecipientStatus.Accepted, r.Status));
        Assert.Equal([250, 251], report.Recipients.Select(r => r.Reply?.Code));
        Assert.Equal(Text, server.Content.ToString());
    }

    [Theory]
    [InlineData(Fragmentation.Whole)]
    [InlineData(Fragmentation.Octets)]
    public async Task Sends_a_group_where_the_server_takes_it(Fragmentation fragmentation)
    {
        await using var server = new ScriptedServer(
            Hello + """

            S: 250 PIPELINING
            C: MAIL FROM:<sender@example.com>
            C: RCPT TO:<a@example.com>
            C: RCPT TO:<b@example.com>
            C: DATA
            S: 250 ok
            S: 250 ok
            S: 250 ok
            S: 354 go
            C...
            S: 250 queued
            C: QUIT
            S: 221 bye
            """,
            fragmentation);
        var report = await SendOneAsync(Route(server), Message("a@example.com", "b@example.com"));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
        Assert.Equal(Text, server.Content.ToString());
    }
}
