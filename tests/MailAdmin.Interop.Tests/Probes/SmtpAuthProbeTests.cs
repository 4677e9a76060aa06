using MailAdmin.Addressing;
using MailAdmin.Interop.Sending;
using MailAdmin.Interop.Servers;
using MailAdmin.Probes;
using MailAdmin.Sasl;
using MailAdmin.Transports;

namespace MailAdmin.Interop.Probes;

/// <summary>Logins that are tested at Postfix, with Dovecot behind it.</summary>
[Collection(nameof(PostfixServer))]
public sealed class SmtpAuthProbeTests(PostfixServer postfix)
{
    private static readonly EmailAddress Sender = EmailAddress.Parse("alice@example.test");
    private static readonly EmailAddress Denied = EmailAddress.Parse("denied@example.test");
    private static readonly EmailAddress Recipient = EmailAddress.Parse("bob@example.test");

    [SkippableTheory]
    [InlineData(null)]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("CRAM-MD5")]
    [InlineData("SCRAM-SHA-1")]
    [InlineData("SCRAM-SHA-256")]
    public async Task Takes_every_stage_of_a_login(string? mechanism)
    {
        postfix.Require();
        var result = await ProbeAsync(
            Route(PostfixService.Submission) with { Mechanism = mechanism }, Sender, Recipient);
        Assert.True(result.FailedStage is null, result.Problem);
        Assert.Equal(
            [
                "Dns", "Tcp", "Banner", "Ehlo", "StartTls", "Tls", "Certificate", "Ehlo", "Auth", "MailFrom",
                "RcptTo", "Rset", "Quit",
            ],
            result.Stages.Select(stage => stage.Stage.ToString()));
        Assert.Equal(mechanism ?? "SCRAM-SHA-256", result.Mechanism);
        Assert.Superset(
            new HashSet<string>
            {
                "PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "XOAUTH2", "OAUTHBEARER",
            },
            result.OfferedMechanisms.ToHashSet());
        Assert.True(result.MaySendAs);
    }

    [SkippableFact]
    public async Task Takes_a_token()
    {
        postfix.Require();
        var token = postfix.Tokens.Issue(Accounts.Plain.User);
        var route =
            Route(PostfixService.Submission) with { Credential = new TokenCredential(Accounts.Plain.User, token) };
        var result = await ProbeAsync(route, Sender, null);
        Assert.True(result.FailedStage is null, result.Problem);
        Assert.DoesNotContain(token, string.Join('\n', result.Transcript), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(PostfixService.Submission)]
    [InlineData(PostfixService.ImplicitTls)]
    public async Task Names_the_login_when_the_password_is_wrong(PostfixService service)
    {
        postfix.Require();
        var route =
            Route(service) with { Credential = new PasswordCredential(Accounts.Plain.User, "not the password") };
        var result = await ProbeAsync(route, Sender, Recipient);
        Assert.Equal((ProbeStage.Auth, "SmtpAuthFailed"), (result.FailedStage, result.Error!.ErrorId));
        Assert.Equal(535, result.Stages.Single(stage => stage.Stage == ProbeStage.Auth).Reply!.Code);
        Assert.NotEmpty(result.Diagnosis!.Remedies);
        Assert.Null(result.MaySendAs);
    }

    /// <summary>Postfix holds its judgement of the sender back until RCPT TO.</summary>
    [SkippableFact]
    public async Task Finds_out_who_may_not_send_as_another()
    {
        postfix.Require();
        var unasked = await ProbeAsync(Route(PostfixService.Submission), Denied, null);
        Assert.True(unasked.MaySendAs);
        var asked = await ProbeAsync(Route(PostfixService.Submission), Denied, Recipient);
        Assert.False(asked.MaySendAs);
        Assert.Equal(ProbeStage.RcptTo, asked.FailedStage);
        Assert.Equal("5.7.60", asked.Diagnosis!.EnhancedCode.ToString());
    }

    [SkippableTheory]
    [InlineData(PostfixService.Relay, "SmtpAuthNotOffered", ProbeStage.Auth)]
    [InlineData(PostfixService.Plain, "SmtpStartTlsNotOffered", ProbeStage.StartTls)]
    [InlineData(PostfixService.Expired, "CertificateExpired", ProbeStage.Certificate)]
    public async Task Names_what_is_missing(PostfixService service, string errorId, ProbeStage stage)
    {
        postfix.Require();
        var result = await ProbeAsync(
            Route(service) with { Security = ConnectionSecurity.StartTls }, Sender, Recipient);
        Assert.Equal((stage, errorId), (result.FailedStage, result.Error!.ErrorId));
    }

    /// <summary>
    /// The system's TLS keeps sessions by host name alone, and Postfix resumes at one port what began at another.
    /// </summary>
    [SkippableFact]
    public async Task Judges_the_certificate_of_each_port()
    {
        postfix.Require();
        for (var round = 0; round < 3; round++)
        {
            var good =
                Route(PostfixService.Resuming) with { Credential = null, Security = ConnectionSecurity.StartTls };
            Assert.Null((await ProbeAsync(good, null, null)).FailedStage);
            var bad = good with { Port = postfix.Port(PostfixService.ResumingWrongName) };
            Assert.Equal(ProbeStage.Certificate, (await ProbeAsync(bad, null, null)).FailedStage);
        }
    }

    [SkippableFact]
    public async Task Lists_the_logins_without_one()
    {
        postfix.Require();
        var result = await ProbeAsync(Route(PostfixService.PlainLogin) with { Credential = null }, null, null);
        Assert.Null(result.FailedStage);
        Assert.Contains("PLAIN", result.OfferedMechanisms);
    }

    private SmtpRoute Route(PostfixService service) => ProbePatience.Apply(Routes.To(postfix, service)) with
    {
        Credential = new PasswordCredential(Accounts.Plain.User, Accounts.Plain.Password),
        Security = service == PostfixService.ImplicitTls ? ConnectionSecurity.Implicit : ConnectionSecurity.Auto,
    };

    private static Task<SmtpAuthResult> ProbeAsync(SmtpRoute route, EmailAddress? from, EmailAddress? to) =>
        new SmtpAuthProbe().RunAsync(route, from, to, null, CancellationToken.None);
}
