using System.Net;
using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.Dns.Mail;
using MailAdmin.Dns.Server;
using MailAdmin.Net;
using MailAdmin.Server;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Transports.Methods;

public sealed class DirectSendTests : TransportTests
{
    private static readonly string[] Zone =
    [
        "contoso.com MX 10 mx.contoso.com",
        "mx.contoso.com A 127.0.0.1",
        "gmail.com MX 5 gmail-smtp-in.l.google.com",
        "gmail-smtp-in.l.google.com A 192.0.2.1",
        "fabrikam.com MX 0 fabrikam-com.mail.protection.outlook.com",
        "fabrikam-com.mail.protection.outlook.com A 192.0.2.2",
    ];

    [Fact]
    public async Task Finds_the_endpoint_and_sends()
    {
        var (report, messages) = await SendAsync(["anna@contoso.com"]);

        Assert.Equal((DeliveryStatus.Sent, "DirectSend"), (report.Status, report.Method));
        Assert.StartsWith("mx.contoso.com:", report.Server, StringComparison.Ordinal);
        Assert.Empty(report.Warnings);
        Assert.Equal(1, messages);
    }

    [Fact]
    public async Task Does_not_even_try_when_everybody_is_elsewhere()
    {
        var (report, messages) = await SendAsync(["a@gmail.com", "b@gmail.com"]);

        var failure = Assert.IsType<DirectSendReachException>(report.Error);
        Assert.Contains("gmail.com (at Google)", failure.Message, StringComparison.Ordinal);
        Assert.All(report.Recipients, recipient => Assert.Equal(RecipientStatus.NotTried, recipient.Status));
        Assert.Equal((DeliveryStatus.Failed, 0), (report.Status, messages));
    }

    [Theory]
    [InlineData("x@gmail.com", "does not reach gmail.com")]
    [InlineData("x@fabrikam.com", "only if it belongs to the same organisation")]
    [InlineData("x@gone.example", "only if it belongs to the same organisation")]
    public async Task Warns_of_recipients_outside_of_the_domain(string recipient, string warning)
    {
        var (report, messages) = await SendAsync(["anna@contoso.com", recipient]);

        Assert.Contains(warning, Assert.Single(report.Warnings), StringComparison.Ordinal);
        Assert.Equal(1, messages);
    }

    [Fact]
    public async Task Keeps_the_order_of_messages_although_some_need_a_look_up()
    {
        string[] recipients = ["a@fabrikam.com", "b@contoso.com", "c@gone.example", "d@contoso.com"];
        await using var dns = DnsTestServer.Start(new DnsTestZone(Zone));
        dns.Add(new DnsFault(DnsFaultKind.None)
        {
            Name = DnsName.Parse("fabrikam.com"),
            Delay = TimeSpan.FromMilliseconds(300),
        });
        await using var server = await StartAsync();
        using var resolver = Client(dns);
        await using var transport = await OpenAsync(resolver, server);

        await Task.WhenAll(recipients.Select(r => transport.SendAsync(Message(r), null, CancellationToken.None)));

        Assert.Equal(recipients, server.Messages.Select(m => m.Envelope.Recipients[0].Address.ToString()));
    }

    private static async Task<(DeliveryReport Report, int Messages)> SendAsync(string[] recipients)
    {
        await using var dns = DnsTestServer.Start(new DnsTestZone(Zone));
        await using var server = await StartAsync();
        using var resolver = Client(dns);
        await using var transport = await OpenAsync(resolver, server);
        var report = await transport.SendAsync(Message(recipients), null, CancellationToken.None);
        return (report, server.Messages.Count);
    }

    private static Task<SmtpTestServer> StartAsync() =>
        SmtpTestServer.StartAsync(new SmtpTestServerOptions { Addresses = [IPAddress.Loopback] });

    private static DnsClient Client(DnsTestServer server) =>
        new(new DnsClientOptions { Servers = [server.EndPoint], Timeout = TimeSpan.FromSeconds(20) });

    private static async Task<IMailTransport> OpenAsync(DnsClient resolver, SmtpTestServer server)
    {
        var finder = new MailRouteFinder(SendMethodCatalog.BuiltIn, new MxEndpointFinder(resolver));
        var route = await finder.FindAsync(
            SendMethodId.DirectSend,
            DomainName.Parse("contoso.com"),
            CloudEnvironment.Public,
            new SmtpRoute { Host = "", Port = server.Endpoint.Port },
            CancellationToken.None);
        return route.Open(new TcpDialer(new HostAddressLookup(resolver).FindAsync));
    }
}
