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

/// <summary>
/// Whatever goes wrong is named as the stage that it is, and not later than two seconds beyond the configured time-out.
/// </summary>
[Collection(nameof(StageTimeCollection))]
public sealed class StageTimeTests : ProbeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private static readonly (string Fault, ProbeStage Stage)[] Session =
    [
        ("banner=stall", ProbeStage.Banner),
        ("banner=drop", ProbeStage.Banner),
        ("banner=554 5.7.1 go away", ProbeStage.Banner),
        ("ehlo=stall", ProbeStage.Ehlo),
        ("starttls=stall", ProbeStage.StartTls),
        ("starttls=454 4.7.0 not now", ProbeStage.StartTls),
        ("tls=stall", ProbeStage.Tls),
        ("tls=drop", ProbeStage.Tls),
    ];

    private static readonly (string Fault, ProbeStage Stage)[] Logins =
    [
        ("auth=stall", ProbeStage.Auth),
        ("authresponse=stall", ProbeStage.Auth),
        ("auth=535 5.7.3 Authentication unsuccessful", ProbeStage.Auth),
    ];

    private static readonly (string Fault, ProbeStage Stage)[] Mail =
    [
        ("mail=stall", ProbeStage.MailFrom),
        ("mail=550 5.7.60 Client does not have permissions to send as this sender", ProbeStage.MailFrom),
        ("rcpt=stall", ProbeStage.RcptTo),
        ("rcpt=550 5.7.64 TenantAttribution; Relay Access Denied", ProbeStage.RcptTo),
        ("rset=stall", ProbeStage.Rset),
    ];

    public enum Probe
    {
        Auth,
        Relay,
        Tls,
    }

    public static TheoryData<Probe, string, ProbeStage> Faults()
    {
        var rows = new TheoryData<Probe, string, ProbeStage>();
        Add(Probe.Auth, [.. Session, .. Logins, .. Mail]);
        Add(Probe.Relay, [.. Session, .. Logins, .. Mail]);
        Add(Probe.Tls, Session);
        return rows;

        void Add(Probe probe, (string Fault, ProbeStage Stage)[] faults) =>
            Array.ForEach(faults, f => rows.Add(probe, f.Fault, f.Stage));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Names_what_the_server_does_wrong(Probe probe, string fault, ProbeStage stage)
    {
        await using var server = await StartAsync(Submission, fault);
        await AssertNamedAsync(probe, WithLogin(server.Port), stage, fault.EndsWith("stall", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Probe.Auth)]
    [InlineData(Probe.Relay)]
    [InlineData(Probe.Tls)]
    public async Task Names_a_closed_port(Probe probe)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await AssertNamedAsync(probe, WithLogin(port), ProbeStage.Tcp, stalls: false);
    }

    [SkippableTheory]
    [InlineData(Probe.Auth)]
    [InlineData(Probe.Relay)]
    [InlineData(Probe.Tls)]
    public async Task Names_a_connection_whose_packets_are_dropped(Probe probe)
    {
        using var full = await FullSocket.OpenAsync();
        Skip.If(full is null, "This system does not drop packets of connections that have no place in the queue.");
        await AssertNamedAsync(probe, WithLogin(full.Port), ProbeStage.Tcp, stalls: true);
    }

    [Theory]
    [InlineData(Probe.Auth)]
    [InlineData(Probe.Relay)]
    [InlineData(Probe.Tls)]
    public async Task Names_a_name_that_nobody_resolves(Probe probe)
    {
        var never = new TaskCompletionSource<IPAddress[]>();
        var route = WithLogin(25) with { Host = "mail.example.com", Credential = null };
        await AssertNamedAsync(probe, route, ProbeStage.Dns, stalls: true, (_, _) => never.Task);
    }

    [Theory]
    [InlineData(Probe.Auth)]
    [InlineData(Probe.Relay)]
    [InlineData(Probe.Tls)]
    public async Task Names_that_there_is_no_STARTTLS(Probe probe)
    {
        await using var server = await StartAsync(new());
        await AssertNamedAsync(probe, WithLogin(server.Port), ProbeStage.StartTls, stalls: false);
    }

    [Theory]
    [InlineData(Probe.Auth)]
    [InlineData(Probe.Relay)]
    [InlineData(Probe.Tls)]
    public async Task Names_a_bad_certificate(Probe probe)
    {
        using var other = TestCertificates.Issue(Root, ["other.example.com"]);
        await using var server = await StartAsync(Submission with { Certificate = other });
        await AssertNamedAsync(probe, WithLogin(server.Port), ProbeStage.Certificate, stalls: false);
    }

    [Theory]
    [InlineData(Probe.Auth)]
    [InlineData(Probe.Relay)]
    public async Task Names_that_there_is_no_login(Probe probe)
    {
        await using var server = await StartAsync(new() { Security = SmtpServerSecurity.StartTls });
        await AssertNamedAsync(probe, WithLogin(server.Port), ProbeStage.Auth, stalls: false);
    }

    /// <summary>The session is fine; the connections that find out the versions are not served.</summary>
    [Theory]
    [InlineData("banner", SmtpServerSecurity.StartTls)]
    [InlineData("connect", SmtpServerSecurity.Implicit)]
    public async Task Does_not_wait_again_and_again_for_versions(string step, SmtpServerSecurity security)
    {
        var faults = Enumerable.Range(2, 8).Select(n => FormattableString.Invariant($"{step}:{n}=stall")).ToArray();
        await using var server = await StartAsync(new() { Security = security }, faults);
        var route = WithLogin(server.Port) with
        {
            Security = security == SmtpServerSecurity.Implicit
                ? ConnectionSecurity.Implicit
                : ConnectionSecurity.StartTls,
        };
        var (result, took) = await RunAsync(Probe.Tls, route, null);
        var versions = Assert.IsType<SmtpTlsResult>(result).Versions;
        Assert.All(versions, v => Assert.Null(v.IsSupported));
        Assert.Equal(ProbeVerdict.Warning, result.Verdict);
        Assert.InRange(took, TimeSpan.Zero, Limit + Grace);
    }

    private static SmtpRoute WithLogin(int port) => RouteTo(port) with
    {
        Credential = new PasswordCredential("user", "secret"),
        Mechanism = "LOGIN",
        Security = ConnectionSecurity.StartTls,
        Timeouts = SmtpTimeouts.All(Limit),
        Dial = new DialOptions { ConnectTimeout = Limit },
    };

    private static async Task AssertNamedAsync(
        Probe probe, SmtpRoute route, ProbeStage stage, bool stalls, HostResolver? resolver = null)
    {
        var (result, took) = await RunAsync(probe, route, resolver);
        Assert.Equal((stage, ProbeVerdict.Failed), (result.FailedStage, result.Verdict));
        Assert.NotNull(result.Problem);
        var least = stalls ? Limit - TimeSpan.FromMilliseconds(100) : TimeSpan.Zero;
        Assert.InRange(took, least, (stalls ? Limit : TimeSpan.Zero) + Grace);
    }

    private static async Task<(ProbeResult Result, TimeSpan Took)> RunAsync(
        Probe probe, SmtpRoute route, HostResolver? resolver)
    {
        var (from, to) = (EmailAddress.Parse("a@example.com"), EmailAddress.Parse("b@example.net"));
        var watch = Stopwatch.StartNew();
        ProbeResult result = probe switch
        {
            Probe.Auth => await new SmtpAuthProbe(resolver).RunAsync(route, from, to, null, CancellationToken.None),
            Probe.Relay => await new SmtpRelayProbe(null, resolver).RunAsync(
                route, from, to, null, null, CancellationToken.None),
            _ => await new SmtpTlsProbe(null, resolver).RunAsync(route, true, null, null, CancellationToken.None),
        };
        return (result, watch.Elapsed);
    }
}
