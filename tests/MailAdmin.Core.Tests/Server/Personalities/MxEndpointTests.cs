using System.Net;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Addressing;
using MailAdmin.Server;
using MailAdmin.Server.Personalities;
using MailAdmin.Transports;
using static MailAdmin.Tests.Server.Personalities.PersonalityClient;

namespace MailAdmin.Tests.Server.Personalities;

public sealed class MxEndpointTests
{
    private const string Own = "device@contoso.com";
    private const string Inside = "anna@contoso.com";
    private const string Outside = "joe@fabrikam.example";

    private static readonly MxEndpointOptions Tenant = new()
    {
        AcceptedDomains = [DomainName.Parse("contoso.com"), DomainName.Parse("bücher.example")],
    };

    [Fact]
    public void Direct_Send_reaches_the_tenant_only()
    {
        using var player = Script.Play(() => Player(Tenant), """
            S: 220 FR0FRA00FT003.mail.protection.outlook.com Microsoft ESMTP MAIL Service ready at Sun, 22 Nov 2026 10:00:00 +0000 [08DE2A6000000001]
            C: EHLO device.contoso.com
            S: 250-FR0FRA00FT003.mail.protection.outlook.com Hello [192.0.2.7]
            S: 250-SIZE 157286400
            S: 250-PIPELINING
            S: 250-DSN
            S: 250-ENHANCEDSTATUSCODES
            S: 250-STARTTLS
            S: 250-8BITMIME
            S: 250-CHUNKING
            S: 250 SMTPUTF8
            C: AUTH LOGIN
            S: 502 5.5.1 Command not implemented
            C: MAIL FROM:<device@contoso.com>
            C: RCPT TO:<anna@contoso.com>
            C: RCPT TO:<joe@fabrikam.example>
            C: DATA
            S: 250 2.1.0 Sender OK
            S: 250 2.1.5 Recipient OK
            S: 550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain [FR0FRA00FT003.mail.protection.outlook.com 2026-11-22T10:00:00.000Z 08DE2A6000000001]
            S: 354 Start mail input; end with <CRLF>.<CRLF>
            C: x
            C: .
            S: 250 2.6.0 <ID@FR0FRA00FT003.mail.protection.outlook.com> [InternalId=21474836480, Hostname=FR0FRA00FT003.mail.protection.outlook.com] 3 bytes in 0.100, 0.029 KB/sec Queued mail for delivery
            """);

        Assert.Single(player.Messages);
    }

    [Theory]
    [InlineData("ExternalByDirectSend", Own, Outside, "")]
    [InlineData("ExternalByDirectSend", "joe@fabrikam.example", Outside, "")]
    [InlineData("", "joe@fabrikam.example", Inside, "")]
    [InlineData("", Own, "käthe@xn--bcher-kva.example", "")]
    [InlineData("", Own, "x@BÜCHER.example", "")]
    [InlineData("RelayAccessDenied", Own, Outside, "192.0.2.8")]
    [InlineData("RelayAccessDenied", Own, Outside, "mail.contoso.com")]
    [InlineData("", Own, Outside, "192.0.2.7")]
    [InlineData("", Own, Outside, "192.0.2.0/24")]
    [InlineData("", Own, Outside, "mail.contoso.com 192.0.2.7")]
    [InlineData("", "", Outside, "192.0.2.7")]
    [InlineData("RelayAccessDenied", "joe@fabrikam.example", Outside, "192.0.2.7")]
    [InlineData("", Own, Inside, "192.0.2.8")]
    public void Mail_for_others_needs_a_connector_and_an_own_sender(
        string name, string sender, string to, string connectors) =>
        AssertReply(name, RecipientReply(
            Tenant with { Connectors = [.. Parse(connectors)] }, sender, to));

    [Theory]
    [InlineData("DirectSendRejected", Own, Inside, "")]
    [InlineData("DirectSendRejected", Own, Inside, "192.0.2.8")]
    [InlineData("", Own, Inside, "192.0.2.7")]
    [InlineData("", "joe@fabrikam.example", Inside, "")]
    [InlineData("", "", Inside, "")]
    [InlineData("ExternalByDirectSend", Own, Outside, "")]
    public void Direct_Send_can_be_rejected(string name, string sender, string to, string connectors) =>
        AssertReply(name, RecipientReply(
            Tenant with { Connectors = [.. Parse(connectors)], RejectDirectSend = true }, sender, to));

    [Theory]
    [InlineData("", "mail.contoso.com", "mail.contoso.com")]
    [InlineData("", "MAIL.contoso.com", "other.example mail.contoso.com")]
    [InlineData("", "*.contoso.com", "mail.contoso.com")]
    [InlineData("", "*.contoso.com", "*.contoso.com")]
    [InlineData("RelayAccessDenied", "*.contoso.com", "contoso.com")]
    [InlineData("RelayAccessDenied", "*.contoso.com", "mailcontoso.com")]
    [InlineData("RelayAccessDenied", "mail.contoso.com", "old.contoso.com")]
    [InlineData("RelayAccessDenied", "mail.contoso.com", "")]
    public void A_connector_knows_its_certificate(string name, string connector, string certificateNames)
    {
        using var certificate = certificateNames.Length == 0
            ? null
            : TestCertificates.Issue(null, certificateNames.Split(' '));

        AssertReply(name, RecipientReply(
            Tenant with { Connectors = [.. Parse(connector)] }, Own, Outside, certificate));
    }

    [Theory]
    [InlineData("MailboxUnknown", "nobody@contoso.com")]
    [InlineData("RecipientMailboxFull", "full@contoso.com")]
    [InlineData("", "ANNA@contoso.com")]
    public void Mailboxes_may_be_unknown_or_full(string name, string to) =>
        AssertReply(name, RecipientReply(
            Tenant with
            {
                Mailboxes = [EmailAddress.Parse(Inside), EmailAddress.Parse("full@contoso.com")],
                FullMailboxes = [EmailAddress.Parse("full@contoso.com")],
            },
            "joe@fabrikam.example",
            to));

    [Fact]
    public void A_tenant_elsewhere_is_said_to_be() =>
        AssertReply("WrongRegion", RecipientReply(Tenant with { IsWrongRegion = true }, Own, Inside));

    [Fact]
    public void The_201st_recipient_of_a_domain_is_one_too_many()
    {
        using var player = Player(Tenant);
        player.Open();
        Say(player, "EHLO c", $"MAIL FROM:<{Own}>");
        for (var i = 0; i < 200; i++)
        {
            Assert.StartsWith("250 ", Say(player, $"RCPT TO:<r{i}@contoso.com>"), StringComparison.Ordinal);
        }

        PublicReplies.AssertIs("TooManyRecipients", Say(player, "RCPT TO:<surplus@CONTOSO.com>").TrimEnd());
        Assert.StartsWith("250 ", Say(player, "RCPT TO:<other@xn--bcher-kva.example>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_client_relays_with_its_certificate()
    {
        using var certificate = TestCertificates.Issue(null, ["mail.contoso.com"]);
        var personality = new MxEndpoint(Tenant with { Connectors = [.. Parse("mail.contoso.com")] });
        await using var server = await SmtpTestServer.StartAsync(personality.Apply(new()));
        await using var stranger = Connect(server, null);
        await using var relay = Connect(server, null, certificate);

        PublicReplies.AssertIs("RelayAccessDenied", Refusal(await SendAsync(stranger, Outside, Own)));
        Assert.Equal(DeliveryStatus.Sent, (await SendAsync(relay, Outside, Own)).Status);
        Assert.Equal(DeliveryStatus.Sent, (await SendAsync(stranger, Inside, Own)).Status);
    }

    [Fact]
    public void A_tenant_without_domains_is_a_mistake() =>
        Assert.Equal(
            "InvalidServerOptions", Assert.Throws<SmtpTestServerException>(() => new MxEndpoint(new())).ErrorId);

    [Theory]
    [InlineData("")]
    [InlineData("host")]
    [InlineData("192.0.2.0/99")]
    [InlineData("a b.example")]
    [InlineData("*.*.example")]
    public void A_connector_that_is_none_is_refused(string text) =>
        Assert.Equal(
            "InvalidConnector", Assert.Throws<SmtpTestServerException>(() => InboundConnector.Parse(text)).ErrorId);

    private static IEnumerable<InboundConnector> Parse(string connectors) =>
        connectors.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(InboundConnector.Parse);

    private static void AssertReply(string name, string reply)
    {
        if (name.Length == 0)
        {
            Assert.Equal("250 2.1.5 Recipient OK", reply);
        }
        else
        {
            PublicReplies.AssertIs(name, reply);
        }
    }

    private static string RecipientReply(
        MxEndpointOptions options, string sender, string to, X509Certificate2? certificate = null)
    {
        using var player = Player(options, certificate);
        player.Open();
        Say(player, "EHLO c", "STARTTLS");
        Assert.Contains(
            "250 2.1.0 ", Say(player, "EHLO c", $"MAIL FROM:<{sender}> SMTPUTF8"), StringComparison.Ordinal);
        return Say(player, $"RCPT TO:<{to}>").TrimEnd();
    }

    private static SessionPlayer Player(MxEndpointOptions options, X509Certificate2? certificate = null) => new(
        new MxEndpoint(options, new SettableTime(TestTokens.Now)).Apply(new()),
        remote: new IPEndPoint(IPAddress.Parse("192.0.2.7"), 50000))
    {
        ClientCertificate = certificate,
    };

    private static string Say(SessionPlayer player, params string[] lines) => player.Say(
        System.Text.Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\r\n"))),
        MailAdmin.Tests.Smtp.Fragmentation.Lines);
}
