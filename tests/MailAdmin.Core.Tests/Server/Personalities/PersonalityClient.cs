using System.Security.Cryptography.X509Certificates;
using MailAdmin.Addressing;
using MailAdmin.Net;
using MailAdmin.Sasl;
using MailAdmin.Server;
using MailAdmin.Smtp;
using MailAdmin.Tests.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Server.Personalities;

/// <summary>Our own client against a server with a personality.</summary>
internal static class PersonalityClient
{
    public const string User = "scanner@contoso.com";

    public static SmtpTransport Connect(
        SmtpTestServer server, SaslCredential? credential, X509Certificate2? certificate = null) => new(
        new SmtpRoute
        {
            Host = "localhost",
            Port = server.Port,
            Security = ConnectionSecurity.StartTls,
            TrustedRoots = [server.Certificate!],
            Credential = credential,
            ClientCertificates = certificate is null ? null : [certificate],
            Timeouts = SmtpTimeouts.All(TimeSpan.FromSeconds(30)),
        },
        new TcpDialer());

    public static SaslCredential Password(string secret = "hunter2") => new PasswordCredential(User, secret);

    public static Task<DeliveryReport> SendAsync(
        SmtpTransport transport, string to = "anna@contoso.com", string sender = User, string author = User) =>
        SendAsync(transport, [to], sender, author);

    public static Task<DeliveryReport> SendAsync(
        SmtpTransport transport, IEnumerable<string> to, string sender = User, string author = User) =>
        transport.SendAsync(
            new OutgoingMessage(
                new TextMessage($"From: {author}\r\nSubject: x\r\n\r\ny\r\n"),
                new Envelope(
                    EmailAddress.Parse(sender),
                    [.. to.Select(address => new EnvelopeRecipient(EmailAddress.Parse(address)))])),
            null,
            CancellationToken.None);

    /// <summary>The step that failed.</summary>
    public static SmtpStage? Stage(DeliveryReport report) => (report.Error as SmtpException)?.Stage;

    /// <summary>What the server said to it.</summary>
    public static string? Refusal(DeliveryReport report) =>
        ((report.Error as SmtpException)?.Reply ?? report.Recipients[0].Reply ?? report.Reply)?.ToString();
}
