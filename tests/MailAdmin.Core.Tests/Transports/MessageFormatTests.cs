using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Smtp;
using MailAdmin.Tests.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Transports;

public sealed class MessageFormatTests : TransportTests
{
    [Theory]
    [InlineData("HELP", "", false, false)]
    [InlineData("8BITMIME", " BODY=8BITMIME", true, false)]
    [InlineData("8BITMIME\nS: 250 SMTPUTF8", " BODY=8BITMIME SMTPUTF8", true, true)]
    public async Task Has_the_message_written_to_suit_the_server(
        string keywords, string parameters, bool eightBit, bool utf8)
    {
        var lines = keywords.Replace("\nS: 250 ", "\nS: 250-", StringComparison.Ordinal);
        var mail = $"C: MAIL FROM:<sender@example.com>{parameters}\n";
        await using var server = new ScriptedServer(Hello + $"\nS: 250-{lines}\nS: 250 HELP\n" + mail + """
            S: 250 ok
            C: RCPT TO:<a@example.com>
            S: 250 ok
            C: DATA
            S: 354 go
            C...
            S: 250 queued
            C: QUIT
            S: 221 bye
            """);
        var message = new TextMessage(Text) { IsEightBit = true, UsesUtf8Headers = true };
        var report = await SendOneAsync(Route(server), Message(message, "a@example.com"));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
        Assert.Equal(new WireFormat(eightBit, utf8), Assert.Single(message.Formats));
    }

    [Fact]
    public async Task Sends_a_non_ASCII_address_where_the_server_takes_it()
    {
        await using var server = new ScriptedServer(Hello + """

            S: 250-8BITMIME
            S: 250 SMTPUTF8
            C: MAIL FROM:<sender@example.com> SMTPUTF8
            S: 250 ok
            C: RCPT TO:<jörg@xn--bcher-kva.example>
            S: 250 ok
            C: DATA
            S: 354 go
            C...
            S: 250 queued
            C: QUIT
            S: 221 bye
            """);
        var report = await SendOneAsync(Route(server), Message("jörg@bücher.example"));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
    }

    [Fact]
    public async Task Refuses_a_non_ASCII_address_where_the_server_does_not_take_it()
    {
        await using var server = new ScriptedServer(Hello + "\nS: 250 8BITMIME\nC: QUIT\nS: 221 bye");
        var report = await SendOneAsync(Route(server), Message("a@example.com", "jörg@example.com"));
        await server.VerifyAsync();
        Assert.Contains(
            "jörg@example.com",
            Assert.IsType<SmtpUtf8NotOfferedException>(report.Error).Message,
            StringComparison.Ordinal);
        Assert.All(report.Recipients, r => Assert.Equal(RecipientStatus.NotTried, r.Status));
    }

    [Fact]
    public async Task Writes_to_an_internationalised_domain_without_any_extension()
    {
        await using var server = new ScriptedServer(Hello + """

            S: 250 HELP
            C: MAIL FROM:<sender@example.com>
            S: 250 ok
            C: RCPT TO:<a@xn--bcher-kva.example>
            S: 250 ok
            C: DATA
            S: 354 go
            C...
            S: 250 queued
            C: QUIT
            S: 221 bye
            """);
        var report = await SendOneAsync(Route(server), Message("a@bücher.example"));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
    }

    [Fact]
    public async Task Sends_nothing_of_a_message_that_cannot_be_prepared()
    {
        await using var server = new ScriptedServer(Hello + "\nS: 250 HELP\nC: QUIT\nS: 221 bye");
        var report = await SendOneAsync(
            Route(server),
            new OutgoingMessage(new Unreadable(), new Envelope(null, [EmailAddress.Parse("a@example.com")])));
        await server.VerifyAsync();
        Assert.Equal("AttachmentNotFound", report.Error?.ErrorId);
        Assert.Equal(DeliveryStatus.Failed, report.Status);
        Assert.Null(report.Stage);
    }

    private sealed class Unreadable : IMessageWriter
    {
        public string? MessageId => null;

        public ValueTask<PreparedMessage> PrepareAsync(WireFormat format, CancellationToken cancellationToken) =>
            throw new MessageException("AttachmentNotFound", MailErrorKind.NotFound, "There is no such file.");
    }
}
