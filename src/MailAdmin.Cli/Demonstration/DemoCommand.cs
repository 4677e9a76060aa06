using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Cli.Output;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.Sasl;
using MailAdmin.Server;
using MailAdmin.Transports;

namespace MailAdmin.Cli.Demonstration;

/// <summary><c>mailadmin demo</c>: a server, a message and its delivery, all within this process.</summary>
internal sealed class DemoCommand : Command
{
    private const string User = "demo";
    private const string RefusedRecipient = "rcpt:2=550 5.1.1 nobody@example.com: no such user here";

    private readonly CliHost _host;
    private readonly DemoPage _page;

    public DemoCommand(CliHost host)
        : base("demo", "Sends a message to a mail server within this program, and shows each step.")
    {
        _host = host;
        _page = new DemoPage(host);
        SetAction((_, cancellationToken) => RunAsync(cancellationToken));
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        _page.Title("MailAdmin: one message from composing to delivery, without leaving this machine");
        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
        await using var server = await StartServerAsync(password, cancellationToken);
        var message = new MessageBuilder(_host.Time).Build(DemoMessage.Draft());
        ShowMessage(message);

        _page.Step("It is sent. This is the session, with the secret masked:");
        var report = await SendAsync(server, message, password, cancellationToken);

        _page.Step("What the sender is told");
        foreach (var line in ReportText.Lines(report))
        {
            _page.Line(line);
        }

        if (report.Status != DeliveryStatus.PartlySent || server.Messages is not [var arrived])
        {
            // One recipient is refused on purpose; anything else is a failure.
            throw (Exception?)report.Error ?? new InvalidOperationException("The server did not get what was sent.");
        }

        _page.Step("What arrived");
        ShowArrived(arrived);
        var rehearsal = new DemoRehearsal(_host, _page);
        await rehearsal.SubmitAsync(cancellationToken);
        await rehearsal.SendDirectlyAsync(cancellationToken);
        _page.Blank();
        _page.Title("Next: mailadmin sink, a server to try things on; mailadmin send --help, to send for real.");
        return (int)ExitCode.Ok;
    }

    private async Task<SmtpTestServer> StartServerAsync(string password, CancellationToken cancellationToken)
    {
        _page.Step("A mail server starts");
        var server = await SmtpTestServer.StartAsync(
            new SmtpTestServerOptions
            {
                Security = SmtpServerSecurity.StartTls,
                RequireTls = true,
                RequireAuthentication = true,
                Users = new Dictionary<string, string> { [User] = password },
                Faults = FaultScript.Parse(RefusedRecipient),
                Time = _host.Time,
            },
            cancellationToken);
        _page.Field("listens at", string.Join(" and ", server.Endpoints));
        var fingerprint = server.Certificate!.GetCertHashString(HashAlgorithmName.SHA256)[..16];
        _page.Field("TLS", $"STARTTLS is demanded; certificate made just now, SHA-256 {fingerprint}…");
        _page.Field("login", $"user {User} with a password made just now");
        return server;
    }

    private void ShowMessage(RelayMessage message)
    {
        _page.Step("A message is composed");
        _page.Field("From", $"{message.From}");
        _page.Field("To", string.Join(", ", message.To));
        _page.Field("Cc", string.Join(", ", message.Cc));
        _page.Field("Bcc", $"{string.Join(", ", message.Bcc)} (in the envelope only)");
        _page.Field("Subject", message.Subject);
        _page.Field("Content", $"text, HTML with a picture, attachment {message.Attachments[0].FileName}");
    }

    private async Task<DeliveryReport> SendAsync(
        SmtpTestServer server, RelayMessage message, string password, CancellationToken cancellationToken)
    {
        var route = new SmtpRoute
        {
            Host = "localhost",
            Port = server.Endpoint.Port,
            Security = ConnectionSecurity.StartTls,
            Credential = new PasswordCredential(User, password),

            // For this run only; nothing is put into the trust store of the machine.
            TrustedRoots = [X509CertificateLoader.LoadCertificate(server.Certificate!.RawData)],
        };
        await using var transport = new SmtpTransport(route, new TcpDialer(), new DemoTranscript(_page), _host.Time);
        return await transport.SendAsync(new OutgoingMessage(message, message.ToEnvelope()), null, cancellationToken);
    }

    private void ShowArrived(ReceivedMessage arrived)
    {
        _page.Field("MAIL FROM", $"<{arrived.Envelope.ReversePath}>");
        foreach (var recipient in arrived.Envelope.Recipients)
        {
            _page.Field("RCPT TO", $"<{recipient.Address}>");
        }

        var outline = MessageOutline.Read(arrived.Content);
        _page.Blank();
        foreach (var header in outline.Headers)
        {
            _page.Field($"{header.Name}:", header.Value);
        }

        _page.Blank();
        ShowPart(outline, "");
    }

    private void ShowPart(MessageOutline part, string indent)
    {
        var name = part.FileName is null ? "" : $"  {part.FileName}";
        var encoding = part["Content-Transfer-Encoding"] is { } given ? $", {given}" : "";
        var size = part.Parts.Count > 0 ? "" : $"  ({part.Size} octets{encoding})";
        _page.Line($"{indent}{part.ContentType}{size}{name}");
        foreach (var child in part.Parts)
        {
            ShowPart(child, indent + "  ");
        }
    }
}
