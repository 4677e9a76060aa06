using MailAdmin.Addressing;
using MailAdmin.Interop.Sending;
using MailAdmin.Interop.Servers;
using MailAdmin.Probes;
using MailAdmin.Sasl;
using MailAdmin.Transports;

namespace MailAdmin.Interop.Probes;

/// <summary>The probes at Exim, whose TLS is GnuTLS.</summary>
[Collection(nameof(EximServer))]
public sealed class EximProbeTests(EximServer exim)
{
    private static readonly EmailAddress Sender = EmailAddress.Parse("alice@example.test");
    private static readonly EmailAddress Recipient = EmailAddress.Parse("bob@example.net");

    [SkippableFact]
    public async Task Finds_the_versions_and_suites_that_sslscan_finds()
    {
        exim.Require();
        var judged = await SslScan.RunAsync(exim.Port(EximService.Relay));
        var result = await new SmtpTlsProbe().RunAsync(
            Route(EximService.Relay), withCiphers: true, progress: null, transcript: null, CancellationToken.None);
        Assert.Equal(judged.Keys.Order(), result.SupportedVersions.Order());
        foreach (var version in result.Versions.Where(v => v.IsSupported == true))
        {
            Assert.Equal(
                judged[version.Version].Select(suite => suite.ToString()).Order(StringComparer.Ordinal),
                version.CipherSuites.Select(cipher => cipher.Suite.ToString()).Order(StringComparer.Ordinal));
        }
    }

    [SkippableTheory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("CRAM-MD5")]
    public async Task Takes_every_stage_of_a_login(string mechanism)
    {
        exim.Require();
        var result = await AskAsync(Accounts.Plain.Password, Sender, mechanism);
        Assert.True(result.FailedStage is null, result.Problem);
        Assert.Equal(mechanism, result.Mechanism);
        Assert.True(result.MaySendAs);
    }

    [SkippableFact]
    public async Task Names_the_login_when_the_password_is_wrong()
    {
        exim.Require();
        var result = await AskAsync("not the password", Sender, null);
        Assert.Equal((ProbeStage.Auth, "SmtpAuthFailed"), (result.FailedStage, result.Error!.ErrorId));
    }

    [SkippableFact]
    public async Task Names_the_sender_that_the_login_may_not_send_as()
    {
        exim.Require();
        var result = await AskAsync(Accounts.Plain.Password, EmailAddress.Parse("denied@example.test"), null);
        Assert.Equal((ProbeStage.MailFrom, false), (result.FailedStage, result.MaySendAs));
        Assert.Equal("5.7.60", result.Diagnosis!.EnhancedCode.ToString());
    }

    [SkippableTheory]
    [InlineData(EximService.Relay, true)]
    [InlineData(EximService.Submission, false)]
    public async Task Says_whether_the_server_relays_and_as_whom_it_saw_this_machine(EximService service, bool relays)
    {
        exim.Require();
        var result = await new SmtpRelayProbe().RunAsync(
            Route(service), Sender, Recipient, null, null, CancellationToken.None);
        Assert.Equal(relays, result.IsAccepted);
        Assert.False(result.IsOpenRelaySuspected);
        Assert.Equal("127.0.0.1", result.SeenAddress!.ToString());
    }

    private Task<SmtpAuthResult> AskAsync(
        string password, EmailAddress from, string? mechanism) => new SmtpAuthProbe().RunAsync(
        Route(EximService.Submission) with
        {
            Credential = new PasswordCredential(Accounts.Plain.User, password),
            Mechanism = mechanism,
        },
        from,
        Recipient,
        null,
        CancellationToken.None);

    private SmtpRoute Route(EximService service) => ProbePatience.Apply(Routes.To(exim, exim.Port(service))) with
    {
        Security = ConnectionSecurity.StartTls,
    };
}
