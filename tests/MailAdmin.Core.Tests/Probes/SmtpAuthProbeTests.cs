using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MailAdmin.Addressing;
using MailAdmin.Net;
using MailAdmin.Probes;
using MailAdmin.Sasl;
using MailAdmin.Server;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Probes;

public sealed class SmtpAuthProbeTests : ProbeTests
{
    private static readonly EmailAddress Sender = EmailAddress.Parse("user@example.com");

    [Fact]
    public async Task Takes_every_stage_and_sends_nothing()
    {
        await using var server = await StartAsync(Submission);
        var result = await ProbeAsync(RouteTo(server.Port) with { Credential = Login });

        Assert.Equal(
            "Tcp Banner Ehlo StartTls Tls Certificate:Warning Ehlo Auth MailFrom Rset Quit", InBrief(result));
        Assert.Contains("revoked", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.True(result.MaySendAs);
        Assert.NotNull(result.Mechanism);
        Assert.Contains(result.Mechanism, result.OfferedMechanisms);
        Assert.Equal(0, server.MessageCount);
        Assert.All(result.Stages, s => Assert.False(string.IsNullOrEmpty(s.Detail), s.Stage.ToString()));
        Assert.True(result.Stages.Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Duration) <= result.Duration);
    }

    [Fact]
    public async Task Begins_with_TLS_where_the_port_wants_it()
    {
        await using var server = await StartAsync(Submission with { Security = SmtpServerSecurity.Implicit });
        var route = RouteTo(server.Port) with { Credential = Login, Security = ConnectionSecurity.Implicit };
        Assert.Equal(
            "Tcp Tls Certificate:Warning Banner Ehlo Auth MailFrom Rset Quit", InBrief(await ProbeAsync(route)));
    }

    [Fact]
    public async Task Says_what_is_offered_when_there_is_nothing_to_log_in_with()
    {
        await using var server = await StartAsync(new()
        {
            Users = new Dictionary<string, string> { ["user"] = "secret" },
            Mechanisms = ["PLAIN", "LOGIN"],
        });
        var result = await new SmtpAuthProbe().RunAsync(RouteTo(server.Port), null, null, null, CancellationToken.None);
        Assert.Equal("Tcp Banner Ehlo StartTls:Warning Auth:Skipped Quit", InBrief(result));
        Assert.Equal(["PLAIN", "LOGIN"], result.OfferedMechanisms);
        Assert.Null(result.MaySendAs);
    }

    [Fact]
    public async Task Looks_the_name_up_as_a_stage_of_its_own()
    {
        await using var server = await StartAsync(Submission);
        var probe = new SmtpAuthProbe((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        var route = RouteTo(server.Port) with { Host = "localhost", Credential = Login };
        var result = await probe.RunAsync(route, Sender, null, null, CancellationToken.None);
        Assert.StartsWith("Dns Tcp Banner", InBrief(result), StringComparison.Ordinal);
        Assert.Equal("127.0.0.1", result.Stages[0].Detail);
    }

    [Fact]
    public async Task Names_the_look_up_when_there_is_no_such_host()
    {
        var probe = new SmtpAuthProbe((_, _) => throw new SocketException((int)SocketError.HostNotFound));
        var result = await probe.RunAsync(
            RouteTo(25) with { Host = "nowhere.example.com" }, Sender, null, null, CancellationToken.None);
        Assert.Equal(
            "Dns:Failed Tcp:NotReached Banner:NotReached Ehlo:NotReached MailFrom:NotReached", InBrief(result));
        Assert.Equal("HostNotFound", result.Error!.ErrorId);
    }

    [Fact]
    public async Task Names_the_look_up_when_the_host_lacks_the_version_of_IP()
    {
        var probe = new SmtpAuthProbe((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        var route = RouteTo(25) with
        {
            Host = "four.example.com",
            Dial = new DialOptions { AddressFamily = AddressFamily.InterNetworkV6 },
        };
        var result = await probe.RunAsync(route, Sender, null, null, CancellationToken.None);
        Assert.Equal(ProbeStage.Dns, result.FailedStage);
    }

    [Fact]
    public async Task Names_the_connection_when_the_port_is_closed()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var result = await ProbeAsync(RouteTo(port) with { Credential = Login });
        Assert.Equal(ProbeStage.Tcp, result.FailedStage);
        Assert.Contains("firewall", result.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("banner=554 5.7.1 go away", ProbeStage.Banner)]
    [InlineData("banner=drop", ProbeStage.Banner)]
    [InlineData("ehlo=421 4.3.2 closing", ProbeStage.Ehlo)]
    [InlineData("starttls=454 4.7.0 not now", ProbeStage.StartTls)]
    [InlineData("tls=drop", ProbeStage.Tls)]
    [InlineData("auth=535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", ProbeStage.Auth)]
    [InlineData("auth=drop", ProbeStage.Auth)]
    [InlineData("mail=550 5.7.60 SMTP; Client does not have permissions to send as this sender", ProbeStage.MailFrom)]
    [InlineData("rset=421 4.3.2 closing", ProbeStage.Rset)]
    public async Task Names_the_stage_that_fails(string fault, ProbeStage stage)
    {
        await using var server = await StartAsync(Submission, fault);
        var result = await ProbeAsync(RouteTo(server.Port) with { Credential = Login });
        Assert.Equal((stage, ProbeVerdict.Failed), (result.FailedStage, result.Verdict));
        Assert.NotNull(result.Problem);
        Assert.Single(result.Stages, s => s.Verdict == ProbeVerdict.Failed);
    }

    [Theory]
    [InlineData("auth=535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "5.7.139")]
    [InlineData("mail=550 5.7.60 SMTP; Client does not have permissions to send as this sender", "5.7.60")]
    public async Task Carries_what_the_catalogue_knows(string fault, string code)
    {
        await using var server = await StartAsync(Submission, fault);
        var result = await ProbeAsync(RouteTo(server.Port) with { Credential = Login });
        Assert.Equal(code, result.Diagnosis!.EnhancedCode.ToString());
        Assert.NotEmpty(result.Diagnosis.Remedies);
    }

    [Fact]
    public async Task Does_not_wait_for_QUIT()
    {
        await using var server = await StartAsync(Submission, "quit=stall");
        var watch = Stopwatch.StartNew();
        var result = await ProbeAsync(
            RouteTo(server.Port) with { Credential = new PasswordCredential("user", "wrong") });
        Assert.Equal(ProbeStage.Auth, result.FailedStage);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(ProbeVerdict.Skipped, result.Stages.Single(s => s.Stage == ProbeStage.Quit).Verdict);
    }

    [Fact]
    public async Task Names_STARTTLS_when_it_is_not_offered()
    {
        await using var server = await StartAsync(new());
        var result = await ProbeAsync(RouteTo(server.Port) with { Credential = Login });
        Assert.Equal(
            "Tcp Banner Ehlo StartTls:Failed Quit "
            + "Tls:NotReached Certificate:NotReached Auth:NotReached MailFrom:NotReached",
            InBrief(result));
    }

    [Fact]
    public async Task Names_the_certificate_when_it_is_for_another_name()
    {
        using var other = TestCertificates.Issue(Root, ["other.example.com"]);
        await using var server = await StartAsync(Submission with { Certificate = other });
        var result = await ProbeAsync(RouteTo(server.Port) with { Credential = Login });
        Assert.Equal(ProbeStage.Certificate, result.FailedStage);
        Assert.Contains("other.example.com", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warns_of_the_certificate_where_TLS_is_taken_as_it_comes()
    {
        using var other = TestCertificates.Issue(Root, ["other.example.com"]);
        await using var server = await StartAsync(
            new() { Security = SmtpServerSecurity.StartTls, Certificate = other });
        var result = await ProbeAsync(RouteTo(server.Port));
        Assert.Equal(ProbeVerdict.Warning, result.Verdict);
        Assert.Equal(ProbeVerdict.Warning, result.Stages.Single(s => s.Stage == ProbeStage.Certificate).Verdict);
    }

    [Fact]
    public async Task Goes_on_without_TLS_as_a_sender_would()
    {
        await using var server = await StartAsync(new() { Security = SmtpServerSecurity.StartTls }, "tls*1=drop");
        var result = await ProbeAsync(RouteTo(server.Port));
        Assert.Equal(ProbeVerdict.Warning, result.Verdict);
        Assert.Equal(
            "Tcp Banner Ehlo StartTls Tls:Warning Tcp Banner Ehlo Auth:Skipped MailFrom Rset Quit", InBrief(result));
    }

    [Fact]
    public async Task Names_the_login_when_none_is_offered()
    {
        await using var server = await StartAsync(new() { Security = SmtpServerSecurity.StartTls });
        var result = await ProbeAsync(RouteTo(server.Port) with { Credential = Login });
        Assert.Equal(ProbeStage.Auth, result.FailedStage);
        Assert.Equal("SmtpAuthNotOffered", result.Error!.ErrorId);
    }

    [Fact]
    public async Task Names_the_login_when_the_mechanism_is_not_offered()
    {
        await using var server = await StartAsync(Submission with { Mechanisms = ["LOGIN"] });
        var result = await ProbeAsync(RouteTo(server.Port) with { Credential = Login, Mechanism = "PLAIN" });
        Assert.Equal(ProbeStage.Auth, result.FailedStage);
        Assert.Equal(["LOGIN"], result.OfferedMechanisms);
    }

    [Fact]
    public async Task Names_the_login_when_the_password_is_wrong_and_never_shows_it()
    {
        await using var server = await StartAsync(Submission);
        var wrong = new PasswordCredential("user", "Tr0ub4dor");
        var result = await ProbeAsync(RouteTo(server.Port) with { Credential = wrong, Mechanism = "PLAIN" });
        Assert.Equal("PLAIN", result.Mechanism);
        Assert.Equal((ProbeStage.Auth, "SmtpAuthFailed"), (result.FailedStage, result.Error!.ErrorId));
        Assert.Null(result.MaySendAs);
        Assert.Contains(result.Transcript, line => line.StartsWith("C: AUTH PLAIN", StringComparison.Ordinal));
        var all = string.Join('\n', result.Transcript) + result.Problem + string.Join('\n', result.Stages);
        Assert.DoesNotContain("Tr0ub4dor", all, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Convert.ToBase64String("\0user\0Tr0ub4dor"u8.ToArray()), all, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mail=550 5.7.60 Client does not have permissions to send as this sender", false)]
    [InlineData("rcpt=550 5.7.60 Client does not have permissions to send as this sender", false)]
    [InlineData("mail=451 4.3.0 try later", null)]
    [InlineData("rcpt=550 5.1.1 no such user", null)]
    public async Task Says_whether_the_login_may_send_as_the_sender(string fault, bool? expected)
    {
        await using var server = await StartAsync(Submission, fault);
        var result = await ProbeAsync(
            RouteTo(server.Port) with { Credential = Login }, to: EmailAddress.Parse("b@example.com"));
        Assert.Equal(expected, result.MaySendAs);
        Assert.Equal(0, server.MessageCount);
    }

    [Fact]
    public async Task Stops_at_once_when_it_is_cancelled()
    {
        await using var server = await StartAsync(Submission, "ehlo=stall");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new SmtpAuthProbe().RunAsync(RouteTo(server.Port), Sender, null, null, stop.Token));
    }

    private static Task<SmtpAuthResult> ProbeAsync(SmtpRoute route, EmailAddress? to = null) =>
        new SmtpAuthProbe().RunAsync(route, Sender, to, null, CancellationToken.None);
}
