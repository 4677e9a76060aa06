using MailAdmin.Addressing;
using MailAdmin.Net;
using MailAdmin.Smtp;
using MailAdmin.Tests.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Transports;

/// <summary>What the tests of the transport share: a route to a scripted server, and messages.</summary>
public abstract class TransportTests
{
    internal const string Hello = """
        S: 220 mail.example.com ESMTP
        C: EHLO client.example.com
        S: 250-mail.example.com
        """;

    internal const string Text = "Subject: x\r\n\r\nHello\r\n";

    internal static SmtpRoute Route(ScriptedServer server) => new()
    {
        Host = "127.0.0.1",
        Port = server.Port,
        LocalHost = "client.example.com",
        Timeouts = SmtpTimeouts.All(TimeSpan.FromSeconds(20)),
    };

    internal static SmtpTransport Transport(SmtpRoute route) => new(route, new TcpDialer());

    internal static OutgoingMessage Message(params string[] recipients) => Message(new TextMessage(Text), recipients);

    internal static OutgoingMessage Message(TextMessage content, params string[] recipients) =>
        new(content, new Envelope(EmailAddress.Parse("sender@example.com"), Recipients(recipients)));

    internal static Task<DeliveryReport> SendAsync(SmtpTransport transport, OutgoingMessage message) =>
        transport.SendAsync(message, null, CancellationToken.None);

    /// <summary>Sends one message and takes leave.</summary>
    internal static async Task<DeliveryReport> SendOneAsync(SmtpRoute route, OutgoingMessage message)
    {
        await using var transport = Transport(route);
        return await SendAsync(transport, message);
    }

    private static EnvelopeRecipient[] Recipients(string[] addresses) =>
        [.. addresses.Select(a => new EnvelopeRecipient(EmailAddress.Parse(a)))];
}
