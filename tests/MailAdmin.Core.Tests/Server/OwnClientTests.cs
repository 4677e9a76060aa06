using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Net;
using MailAdmin.Sasl;
using MailAdmin.Server;
using MailAdmin.Smtp;
using MailAdmin.Tests.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Server;

/// <summary>Our client and our server understand each other; neither was made from the other's code.</summary>
public sealed class OwnClientTests
{
    public static TheoryData<SmtpServerSecurity, string?> Ways()
    {
        var ways = new TheoryData<SmtpServerSecurity, string?>();
        foreach (var security in Enum.GetValues<SmtpServerSecurity>())
        {
            foreach (var mechanism in new[] { null, "PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2" })
            {
                ways.Add(security, mechanism);
            }
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Exchange_messages_over_one_connection(SmtpServerSecurity security, string? mechanism)
    {
        await using var server = await SmtpTestServer.StartAsync(new()
        {
            Security = security,
            RequireAuthentication = mechanism is not null,
            Users = new Dictionary<string, string> { ["tim"] = "sécret" },
        });
        await using var transport = new SmtpTransport(Route(server, security, mechanism), new TcpDialer());
        var texts = Enumerable.Range(0, 3).Select(i => $"Subject: {i}\r\n\r\n.\r\n..{new string('.', i * 50_000)}\r\n")
            .ToList();

        var reports = await Task.WhenAll(texts.Select(text => transport.SendAsync(
            new OutgoingMessage(new TextMessage(text, 1000), Envelope), null, CancellationToken.None)));

        Assert.All(
            reports,
            report => Assert.Equal((DeliveryStatus.Sent, (MailException?)null), (report.Status, report.Error)));
        Assert.Equal(texts, server.Messages.Select(message => Encoding.UTF8.GetString(message.Content.Span)));
        Assert.All(server.Messages, message =>
        {
            Assert.Equal(Envelope.Recipients, message.Envelope.Recipients);
            Assert.Equal(Envelope with { Recipients = [] }, message.Envelope with { Recipients = [] });
            Assert.True(message.Mail.UsesUtf8);
            Assert.Equal(mechanism, message.Session.Mechanism);
            Assert.Equal(1, message.Session.Number);
        });
    }

    [Theory]
    [InlineData("rcpt:1=550 5.1.1 no such user", DeliveryStatus.PartlySent)]
    [InlineData("mail=451 4.7.1 greylisted", DeliveryStatus.Deferred)]
    [InlineData("eod=554 5.7.1 spam", DeliveryStatus.Failed)]
    public async Task Report_what_a_fault_made_of_a_message(string fault, DeliveryStatus status)
    {
        await using var server = await SmtpTestServer.StartAsync(new() { Faults = FaultScript.Parse(fault) });
        await using var transport = new SmtpTransport(Route(server, SmtpServerSecurity.None, null), new TcpDialer());

        var report = await transport.SendAsync(
            new OutgoingMessage(new TextMessage("x\r\n"), Envelope), null, CancellationToken.None);

        Assert.Equal(status, report.Status);
    }

    private static Envelope Envelope { get; } = new(
        EmailAddress.Parse("ä@example.com"),
        [
            new EnvelopeRecipient(
                EmailAddress.Parse("b@example.com"),
                DsnNotify.Success | DsnNotify.Failure,
                EmailAddress.Parse("漢@example.com")),
            new EnvelopeRecipient(
                EmailAddress.Parse("\"c d\"@example.com"), DsnNotify.Never, EmailAddress.Parse("e+f@example.com")),
        ])
    {
        Return = DsnReturn.Headers,
        EnvelopeId = "id+1=2",
    };

    private static SmtpRoute Route(SmtpTestServer server, SmtpServerSecurity security, string? mechanism) => new()
    {
        Host = "localhost",
        Port = server.Endpoint.Port,
        Security = security switch
        {
            SmtpServerSecurity.StartTls => ConnectionSecurity.StartTls,
            SmtpServerSecurity.Implicit => ConnectionSecurity.Implicit,
            _ => ConnectionSecurity.None,
        },
        TrustedRoots = server.Certificate is { } certificate ? [certificate] : null,
        Credential = mechanism switch
        {
            null => null,
            "XOAUTH2" => new TokenCredential("tim", "sécret"),
            _ => new PasswordCredential("tim", "sécret"),
        },
        Mechanism = mechanism,
        AllowPlaintextAuth = true,
        Timeouts = SmtpTimeouts.All(TimeSpan.FromSeconds(30)),
    };
}
