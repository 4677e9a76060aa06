using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Net;
using MailAdmin.Sasl;
using MailAdmin.Smtp;
using MailAdmin.Tests.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Transports;

public sealed class ConnectionSecurityTests : TransportTests
{
    private const string StartTls = Hello + """

        S: 250 STARTTLS
        C: STARTTLS
        S: 220 go
        tls

        """;

    private const string EhloAgain = """
        C: EHLO client.example.com
        S: 250 mail.example.com

        """;

    private const string Send = """
        C: MAIL FROM:<sender@example.com>
        S: 250 ok
        C: RCPT TO:<a@example.com>
        S: 250 ok
        C: DATA
        S: 354 go
        C...
        S: 250 queued
        C: QUIT
        S: 221 bye
        """;

    private static readonly X509Certificate2 Root = TestCertificates.CreateRoot();
    private static readonly X509Certificate2 Good = TestCertificates.Issue(Root, ["127.0.0.1"]);
    private static readonly X509Certificate2 OtherName = TestCertificates.Issue(Root, ["other.example.com"]);
    private static readonly PasswordCredential Login = new("user", "secret");

    [Theory]
    [InlineData(ConnectionSecurity.Auto, 465, false, ConnectionSecurity.Implicit, 465)]
    [InlineData(ConnectionSecurity.Auto, 465, true, ConnectionSecurity.Implicit, 465)]
    [InlineData(ConnectionSecurity.Auto, 587, false, ConnectionSecurity.StartTls, 587)]
    [InlineData(ConnectionSecurity.Auto, 25, true, ConnectionSecurity.StartTls, 25)]
    [InlineData(ConnectionSecurity.Auto, 25, false, ConnectionSecurity.StartTlsWhenAvailable, 25)]
    [InlineData(ConnectionSecurity.Auto, null, false, ConnectionSecurity.StartTlsWhenAvailable, 25)]
    [InlineData(ConnectionSecurity.Auto, null, true, ConnectionSecurity.StartTls, 587)]
    [InlineData(ConnectionSecurity.Implicit, null, true, ConnectionSecurity.Implicit, 465)]
    [InlineData(ConnectionSecurity.None, null, true, ConnectionSecurity.None, 587)]
    [InlineData(ConnectionSecurity.StartTls, 465, false, ConnectionSecurity.StartTls, 465)]
    public void Chooses_security_and_port(
        ConnectionSecurity asked, int? port, bool login, ConnectionSecurity security, int effectivePort)
    {
        var route = new SmtpRoute { Host = "x", Port = port, Security = asked, Credential = login ? Login : null };
        Assert.Equal((security, effectivePort), (route.EffectiveSecurity, route.EffectivePort));
    }

    [Fact]
    public void Demands_TLS_for_a_client_certificate_and_names_the_server_with_its_port()
    {
        var route = new SmtpRoute { Host = "2001:db8::1", Port = 25, ClientCertificates = [Good] };
        Assert.Equal(ConnectionSecurity.StartTls, route.EffectiveSecurity);
        Assert.Equal("[2001:db8::1]:25", route.Server);
    }

    [Theory]
    [InlineData(ConnectionSecurity.StartTls)]
    [InlineData(ConnectionSecurity.StartTlsWhenAvailable)]
    [InlineData(ConnectionSecurity.Auto)]
    public async Task Sends_under_STARTTLS(ConnectionSecurity security)
    {
        await using var server = new ScriptedServer(StartTls + EhloAgain + Send, certificate: Good);
        var report = await SendOneAsync(Trusting(server, security), Message("a@example.com"));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
        Assert.True(report.TlsProtocol is SslProtocols.Tls12 or SslProtocols.Tls13);
    }

    [Fact]
    public async Task Sends_under_implicit_TLS()
    {
        await using var server = new ScriptedServer("tls\n" + Hello + "\nS: 250 HELP\n" + Send, certificate: Good);
        var report = await SendOneAsync(Trusting(server, ConnectionSecurity.Implicit), Message("a@example.com"));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
        Assert.NotNull(report.TlsProtocol);
    }

    [Fact]
    public async Task Uses_no_TLS_when_told_so()
    {
        await using var server = new ScriptedServer(Hello + "\nS: 250 STARTTLS\n" + Send);
        var report = await SendOneAsync(Trusting(server, ConnectionSecurity.None), Message("a@example.com"));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
        Assert.Null(report.TlsProtocol);
    }

    [Fact]
    public async Task Refuses_a_server_without_STARTTLS_where_it_is_demanded()
    {
        await using var server = new ScriptedServer(Hello + "\nS: 250 HELP\nC: QUIT\nS: 221 bye");
        var report = await SendOneAsync(Trusting(server, ConnectionSecurity.StartTls), Message("a@example.com"));
        await server.VerifyAsync();
        Assert.IsType<StartTlsNotOfferedException>(report.Error);
        Assert.Equal(DeliveryStatus.Failed, report.Status);
        Assert.Equal(SmtpStage.StartTls, report.Stage);
        Assert.Equal(RecipientStatus.NotTried, report.Recipients[0].Status);
    }

    [Fact]
    public async Task Refuses_a_certificate_for_another_name_where_TLS_is_demanded()
    {
        await using var server = new ScriptedServer(StartTls + "drop", certificate: OtherName);
        var report = await SendOneAsync(Trusting(server, ConnectionSecurity.StartTls), Message("a@example.com"));
        Assert.Equal("CertificateNameMismatch", report.Error?.ErrorId);
        Assert.Equal(SmtpStage.Tls, report.Stage);
        Assert.Equal(DeliveryStatus.Failed, report.Status);
        await server.VerifyAsync();
    }

    [Fact]
    public async Task Warns_of_a_bad_certificate_under_opportunistic_TLS()
    {
        await using var server = new ScriptedServer(StartTls + EhloAgain + Send, certificate: OtherName);
        var report = await SendOneAsync(Trusting(server, ConnectionSecurity.Auto), Message("a@example.com"));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
        Assert.NotNull(report.TlsProtocol);
        Assert.Contains(report.Warnings, w => w.Contains("other.example.com", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Guards_a_password_with_a_good_certificate_even_under_opportunistic_TLS()
    {
        await using var server = new ScriptedServer(StartTls + "drop", certificate: OtherName);
        var route = Trusting(server, ConnectionSecurity.StartTlsWhenAvailable) with { Credential = Login };
        var report = await SendOneAsync(route, Message("a@example.com"));
        Assert.IsType<CertificateException>(report.Error);
        await server.VerifyAsync();
    }

    [Theory]
    [InlineData("454 4.7.0 TLS not available")]
    [InlineData("502 5.5.1 not today")]
    public async Task Goes_on_without_TLS_when_the_command_is_refused_under_opportunistic_TLS(string reply)
    {
        await using var server = new ScriptedServer(Hello + $"\nS: 250 STARTTLS\nC: STARTTLS\nS: {reply}\n" + Send);
        var report = await SendOneAsync(Trusting(server, ConnectionSecurity.Auto), Message("a@example.com"));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
        Assert.Contains(reply, Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_where_TLS_is_demanded_and_the_command_is_refused()
    {
        await using var server = new ScriptedServer(
            Hello + "\nS: 250 STARTTLS\nC: STARTTLS\nS: 454 4.7.0 not now\nC: QUIT\nS: 221 bye");
        var report = await SendOneAsync(Trusting(server, ConnectionSecurity.StartTls), Message("a@example.com"));
        await server.VerifyAsync();
        Assert.Equal("SmtpStartTlsRefused", report.Error?.ErrorId);
        Assert.Equal(DeliveryStatus.Deferred, report.Status);
    }

    [Fact]
    public async Task Connects_again_without_TLS_when_the_handshake_fails_under_opportunistic_TLS()
    {
        await using var server = new ScriptedServer(
            Hello + "\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nC= 5\nS: this is no handshake\ndrain\n---\n"
            + Hello + "\nS: 250 STARTTLS\n" + Send);
        var report = await SendOneAsync(Trusting(server, ConnectionSecurity.Auto), Message("a@example.com"));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
        Assert.Null(report.TlsProtocol);
        Assert.Contains("not encrypted", Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("S: HTTP/1.1 400 Bad Request", "NotAnSmtpServer")]
    [InlineData("S: SSH-2.0-OpenSSH_9.6", "NotAnSmtpServer")]
    [InlineData("S! \u0016\u0003\u0001", "ServerSpeaksTls")]
    public async Task Says_what_it_met_instead_of_an_SMTP_server(string banner, string errorId)
    {
        await using var server = new ScriptedServer(banner);
        var report = await SendOneAsync(Route(server), Message("a@example.com"));
        await server.VerifyAsync();
        Assert.Equal(errorId, report.Error?.ErrorId);
        Assert.Equal(SmtpStage.Greeting, report.Stage);
        Assert.Equal(DeliveryStatus.Failed, report.Status);
    }

    [Fact]
    public async Task Says_that_a_port_for_implicit_TLS_speaks_plain_text()
    {
        await using var server = new ScriptedServer("S: 220 mail.example.com ESMTP\ndrain");
        var report = await SendOneAsync(Trusting(server, ConnectionSecurity.Implicit), Message("a@example.com"));
        await server.VerifyAsync();
        Assert.Equal("ServerNotTls", report.Error?.ErrorId);
        Assert.Equal(SmtpStage.Tls, report.Stage);
    }

    [Fact]
    public async Task Says_that_nobody_listens()
    {
        int port;
        await using (var server = new ScriptedServer(""))
        {
            port = server.Port;
        }

        var report = await SendOneAsync(new SmtpRoute { Host = "127.0.0.1", Port = port }, Message("a@example.com"));
        Assert.IsType<ConnectException>(report.Error);
        Assert.Equal(SmtpStage.Connect, report.Stage);
        Assert.Null(report.RemoteAddress);
    }

    [Fact]
    public async Task Falls_back_to_HELO()
    {
        await using var server = new ScriptedServer("""
            S: 220 old
            C: EHLO client.example.com
            S: 502 what?
            C: HELO client.example.com
            S: 250 hello
            """ + "\n" + Send);
        var report = await SendOneAsync(Trusting(server, ConnectionSecurity.Auto), Message("a@example.com"));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
    }

    private static SmtpRoute Trusting(ScriptedServer server, ConnectionSecurity security) =>
        Route(server) with { Security = security, TrustedRoots = [Root] };
}
