using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.Dns.Server;
using MailAdmin.Probes;
using MailAdmin.Sasl;
using MailAdmin.Server;
using MailAdmin.Smtp;
using MailAdmin.Tests.Smtp;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Probes;

public sealed class SmtpRelayProbeTests : ProbeTests
{
    private static readonly EmailAddress From = EmailAddress.Parse("printer@example.com");
    private static readonly EmailAddress To = EmailAddress.Parse("anna@example.net");

    [Fact]
    public async Task Asks_and_sends_nothing()
    {
        await using var server = await StartAsync(new() { Security = SmtpServerSecurity.StartTls });
        var result = await ProbeAsync(server);
        Assert.True(result.IsAccepted);
        Assert.Equal(
            "Tcp Banner Ehlo StartTls Tls Certificate:Warning Ehlo MailFrom RcptTo Rset Quit", InBrief(result));
        Assert.Equal((0, null), (server.MessageCount, result.MessageId));
    }

    [Fact]
    public async Task Names_the_recipient_when_relay_is_denied()
    {
        await using var server = await StartAsync(new(), "rcpt=550 5.7.64 TenantAttribution; Relay Access Denied");
        var result = await ProbeAsync(server);
        Assert.Equal(
            (ProbeStage.RcptTo, false, SendMethodId.OnPremises),
            (result.FailedStage, result.IsAccepted, result.Method));
        Assert.Contains("5.7.64", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_one_message_when_asked()
    {
        await using var server = await StartAsync(new());
        var result = await new SmtpRelayProbe().RunAsync(
            RouteTo(server.Port), From, To, new TextMessage("Subject: x\r\n\r\nx\r\n"), null, CancellationToken.None);
        Assert.Equal(ProbeStage.Message, result.Stages[^1].Stage);
        Assert.Equal(ProbeVerdict.Passed, result.Stages[^1].Verdict);
        Assert.Equal(1, server.MessageCount);
    }

    [Fact]
    public async Task Sends_no_message_where_the_recipient_is_refused()
    {
        await using var server = await StartAsync(new(), "rcpt=550 5.7.1 relaying denied");
        var result = await new SmtpRelayProbe().RunAsync(
            RouteTo(server.Port), From, To, new TextMessage("Subject: x\r\n\r\nx\r\n"), null, CancellationToken.None);
        Assert.Equal(ProbeStage.RcptTo, result.FailedStage);
        Assert.Equal(0, server.MessageCount);
    }

    [SkippableFact]
    public async Task Shows_that_IPv6_gets_another_answer_than_IPv4()
    {
        Skip.IfNot(Socket.OSSupportsIPv6);
        await using var server = await StartAsync(new() { Policy = new FourOnly() });
        var probe = new SmtpRelayProbe(resolver: BothFamilies);
        var result = await probe.RunAsync(
            RouteTo(server.Port) with { Host = "both.example.com" }, From, To, null, null, CancellationToken.None);
        Assert.Equal(["IPv4", "IPv6"], result.Attempts.Select(a => a.IPVersion).Order());
        Assert.True(result.IsAccepted);
        Assert.Equal(ProbeVerdict.Warning, result.Verdict);
        Assert.Contains(result.Warnings, w => w.Contains("over IPv6 RcptTo: 550 5.7.64", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shows_that_one_version_of_IP_is_not_served()
    {
        await using var server = await StartAsync(new() { Addresses = [IPAddress.Loopback] });
        var probe = new SmtpRelayProbe(resolver: BothFamilies);
        var result = await probe.RunAsync(
            RouteTo(server.Port) with { Host = "both.example.com" }, From, To, null, null, CancellationToken.None);
        Assert.True(result.IsAccepted);
        Assert.Contains(result.Warnings, w => w.StartsWith("One version of IP", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mx.example.net", SendMethodId.DirectSend, "a mail exchanger of example.net")]
    [InlineData("mx.example.com", SendMethodId.OnPremises, "127.0.0.1, which nobody outside can reach")]
    [InlineData("smarthost.example.org", SendMethodId.OnPremises, "127.0.0.1, which nobody outside can reach")]
    [InlineData("example-com.mail.protection.outlook.com", SendMethodId.Relay, "MX endpoint of Microsoft 365")]
    [InlineData("smtp.office365.com", SendMethodId.Submission, "Client SMTP submission")]
    public async Task Names_the_method_as_the_catalogue_has_it(string host, SendMethodId method, string reason)
    {
        var zone = new DnsTestZone("example.net. 60 MX 10 mx.example.net.", "example.com. 60 MX 10 mx.example.com.");
        await using var names = DnsTestServer.Start(zone);
        using var dns = new DnsClient(new DnsClientOptions { Servers = [names.EndPoint] });
        await using var server = await StartAsync(new());
        var probe = new SmtpRelayProbe(dns, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        var result = await probe.RunAsync(
            RouteTo(server.Port) with { Host = host }, From, To, null, null, CancellationToken.None);
        Assert.True(result.IsAccepted);
        Assert.Equal(method, result.Method);
        Assert.Contains(reason, result.MethodReason, StringComparison.Ordinal);
        Assert.False(result.IsOpenRelaySuspected);
    }

    [Fact]
    public async Task Tries_a_login_over_one_version_of_IP_only()
    {
        await using var server = await StartAsync(Submission);
        var result = await new SmtpRelayProbe(resolver: BothFamilies).RunAsync(
            RouteTo(server.Port) with { Host = "localhost", Credential = new PasswordCredential("user", "wrong") },
            From,
            To,
            null,
            null,
            CancellationToken.None);
        Assert.Equal(ProbeStage.Auth, result.FailedStage);
        Assert.Single(result.Attempts);
    }

    [Fact]
    public async Task Does_not_wait_for_the_DNS_when_all_else_is_known()
    {
        await using var names = DnsTestServer.Start(new DnsTestZone());
        names.Add(new DnsFault(DnsFaultKind.Drop));
        using var dns = new DnsClient(new DnsClientOptions { Servers = [names.EndPoint], Timeout = Patience });
        await using var server = await StartAsync(new());
        var watch = Stopwatch.StartNew();
        var probe = new SmtpRelayProbe(dns, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        var result = await probe.RunAsync(
            RouteTo(server.Port) with { Host = "mail.example.org" }, From, To, null, null, CancellationToken.None);
        Assert.True(result.IsAccepted);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(SendMethodId.OnPremises, result.Method);
    }

    [Theory]
    [InlineData("ehlo=250-mx.example.com Hello [192.0.2.7]\\nSIZE 100", "192.0.2.7")]
    [InlineData("ehlo=250-mx.example.com at your service, [2001:db8::7]\\nSIZE 100", "2001:db8::7")]
    [InlineData(
        "ehlo=250-mx.example.com Hello client.example.com [IPv6:2001:db8::7], pleased to meet you", "2001:db8::7")]
    [InlineData("rcpt=550 5.7.606 Access denied, banned sending IP [192.0.2.9]", "192.0.2.9")]
    [InlineData("ehlo=250-mx.example.com Hello [7] [not.an.address] [", null)]
    public async Task Finds_the_address_that_the_server_saw(string fault, string? expected)
    {
        await using var server = await StartAsync(new(), fault.Replace("250-", "250 ", StringComparison.Ordinal));
        Assert.Equal(expected, (await ProbeAsync(server)).SeenAddress?.ToString());
    }

    private static Task<IPAddress[]> BothFamilies(string host, CancellationToken cancellationToken) =>
        Task.FromResult<IPAddress[]>([IPAddress.IPv6Loopback, IPAddress.Loopback]);

    private static Task<SmtpRelayResult> ProbeAsync(SmtpTestServer server) =>
        new SmtpRelayProbe().RunAsync(RouteTo(server.Port), From, To, null, null, CancellationToken.None);

    private sealed class FourOnly : ISmtpServerPolicy
    {
        public SmtpReply? Recipient(
            SmtpSessionInfo session,
            SmtpMailCommand mail,
            EnvelopeRecipient recipient,
            IReadOnlyList<EnvelopeRecipient> accepted) =>
            session.RemoteEndPoint!.AddressFamily == AddressFamily.InterNetworkV6
                ? new SmtpReply(
                    550, new EnhancedStatusCode(5, 7, 64), ["5.7.64 TenantAttribution; Relay Access Denied"])
                : null;
    }
}
