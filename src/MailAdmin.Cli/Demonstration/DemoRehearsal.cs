using System.Security.Cryptography.X509Certificates;
using MailAdmin.Addressing;
using MailAdmin.Diagnosis;
using MailAdmin.Dns;
using MailAdmin.Dns.Records;
using MailAdmin.Dns.Server;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.Sasl;
using MailAdmin.Server;
using MailAdmin.Server.Personalities;
using MailAdmin.Transports;

namespace MailAdmin.Cli.Demonstration;

/// <summary>
/// The demonstration's second part: what services of Microsoft 365 refuse, played by servers within this process, and
/// what the refusals mean.
/// </summary>
internal sealed class DemoRehearsal(CliHost host, DemoPage page)
{
    private const string Sender = "scanner@contoso.example";
    private const string Endpoint = "contoso-example.mail.protection.example";

    /// <summary>A mailbox whose SMTP AUTH is off.</summary>
    public async Task SubmitAsync(CancellationToken cancellationToken)
    {
        page.Step("A rehearsal of Exchange Online: the mailbox of a scanner, for which SMTP AUTH is off");
        var account = new MailboxAccount(Sender) { State = AccountState.SmtpAuthDisabled };
        await using var server = await StartAsync(
            new ExchangeOnlineSubmission(new() { Accounts = [account] }, host.Time), cancellationToken);
        Explain(await SendAsync(
            Route(server, "localhost") with
            {
                Security = ConnectionSecurity.StartTls,
                Credential = new PasswordCredential(Sender, "any is right"),
            },
            "anna@contoso.example",
            cancellationToken));
    }

    /// <summary>Direct Send, to where it reaches and to where it does not.</summary>
    public async Task SendDirectlyAsync(CancellationToken cancellationToken)
    {
        page.Step("Without a login, straight to the server that DNS names");
        await using var names = DnsTestServer.Start(
            new DnsTestZone($"contoso.example MX 0 {Endpoint}", $"{Endpoint} A 127.0.0.1"), host.Time);
        var tenant = new MxEndpointOptions { AcceptedDomains = [DomainName.Parse("contoso.example")] };
        await using var server = await StartAsync(new MxEndpoint(tenant, host.Time), cancellationToken);
        using var resolver = new DnsClient(new() { Servers = [names.EndPoint] }, host.Time);
        var exchange = await resolver.QueryAsync("contoso.example", DnsRecordType.MX, cancellationToken);
        var endpoint = exchange.EnsureDefinite().Records<MxRecord>()[0].Exchange;
        var addresses = await resolver.QueryAsync(endpoint, DnsRecordType.A, cancellationToken);
        var address = addresses.EnsureDefinite().Records<AddressRecord>()[0].Address;
        page.Field("MX", $"of contoso.example is {endpoint}, {address}");

        foreach (var recipient in new[] { "anna@contoso.example", "joe@fabrikam.example" })
        {
            page.Blank();
            Explain(await SendAsync(Route(server, $"{address}"), recipient, cancellationToken));
        }
    }

    private static SmtpRoute Route(SmtpTestServer server, string name) => new()
    {
        Host = name,
        Port = server.Port,
        Security = ConnectionSecurity.StartTlsWhenAvailable,
        TrustedRoots = [X509CertificateLoader.LoadCertificate(server.Certificate!.RawData)],
    };

    private Task<SmtpTestServer> StartAsync(ServerPersonality personality, CancellationToken cancellationToken) =>
        SmtpTestServer.StartAsync(personality.Apply(new()), cancellationToken);

    private async Task<DeliveryReport> SendAsync(SmtpRoute route, string recipient, CancellationToken cancellationToken)
    {
        var message = new MessageBuilder(host.Time).Build(new MessageDraft
        {
            From = Mailbox.Parse(Sender),
            To = Mailbox.ParseList(recipient),
            Subject = "Scan",
            TextBody = "Page 1 of 1",
        });
        await using var transport = new SmtpTransport(route, new TcpDialer(), time: host.Time);
        return await transport.SendAsync(new OutgoingMessage(message, message.ToEnvelope()), null, cancellationToken);
    }

    private void Explain(DeliveryReport report)
    {
        page.Field("to", $"<{report.Recipients[0].Address}>");
        if (report.Error is not { } error)
        {
            page.Field("outcome", $"{report.Status}: {report.Reply}");
            return;
        }

        page.Field("refused", error.Message);
        var diagnosis = ErrorCatalog.Default.Explain(error)[0];
        page.Field("because", diagnosis.Cause);
        page.Field("remedy", diagnosis.Remedies[0]);
        if (diagnosis.AdminCommand is { } command)
        {
            page.Field("command", command);
        }

        page.Field("try again?", diagnosis.RetryAdvice);
    }
}
