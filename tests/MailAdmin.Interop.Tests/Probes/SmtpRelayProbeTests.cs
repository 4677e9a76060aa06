using System.Security.Cryptography.X509Certificates;
using MailAdmin.Addressing;
using MailAdmin.Interop.Sending;
using MailAdmin.Interop.Servers;
using MailAdmin.Mime;
using MailAdmin.Probes;
using MailAdmin.Sasl;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Interop.Probes;

/// <summary>Whether Postfix relays, and what is said about it.</summary>
[Collection(nameof(PostfixServer))]
public sealed class SmtpRelayProbeTests(PostfixServer postfix)
{
    private static readonly Mailbox From = Mailbox.Parse("printer@example.test");

    [SkippableFact]
    public async Task Takes_a_server_of_ones_own_for_no_open_relay()
    {
        postfix.Require();
        var result = await ProbeAsync(Routes.To(postfix, PostfixService.Relay), "anna@example.net");
        Assert.True(result.IsAccepted, result.Problem);
        Assert.Equal(SendMethodId.OnPremises, result.Method);
        Assert.False(result.IsOpenRelaySuspected);
        Assert.Equal(ProbeVerdict.Passed, result.Verdict);
    }

    [SkippableTheory]
    [InlineData(PostfixService.PlainLogin, "anna@example.net", "5.7.1")]
    [InlineData(PostfixService.ClientCertificate, "anna@example.net", "5.7.1")]
    [InlineData(PostfixService.Relay, "refused@example.net", "5.1.1")]
    [InlineData(PostfixService.Relay, "deferred@example.net", "4.2.1")]
    public async Task Names_the_recipient_that_is_refused(PostfixService service, string to, string code)
    {
        postfix.Require();
        var result = await ProbeAsync(Routes.To(postfix, service), to);
        Assert.Equal((ProbeStage.RcptTo, false), (result.FailedStage, result.IsAccepted));
        Assert.Equal(code, result.Stages.Single(s => s.Verdict == ProbeVerdict.Failed).Reply!.Enhanced!.ToString());
        Assert.NotEmpty(result.Diagnosis!.Remedies);
    }

    [SkippableFact]
    public async Task Relays_with_a_login_and_with_a_certificate()
    {
        postfix.Require();
        var login = await ProbeAsync(
            Routes.To(postfix, PostfixService.Submission) with
            {
                Credential = new PasswordCredential(Accounts.Plain.User, Accounts.Plain.Password),
            },
            "anna@example.net");
        Assert.True(login.IsAccepted, login.Problem);
        var files = postfix.Certificates.Client;
        using var own = X509Certificate2.CreateFromPemFile(files.CertificatePath, files.KeyPath);
        var certificate = await ProbeAsync(
            Routes.To(postfix, PostfixService.ClientCertificate) with { ClientCertificates = [own] },
            "anna@example.net");
        Assert.True(certificate.IsAccepted, certificate.Problem);
        Assert.Contains("client certificate", certificate.MethodReason, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Sends_one_message_that_arrives()
    {
        postfix.Require();
        var to = Mailbox.Parse("anna@example.net");
        var route = Routes.To(postfix, PostfixService.Relay);
        var message = new MessageBuilder().Build(TestMessage.Create(From, [to], route.Server, DateTimeOffset.Now));
        var result = await new SmtpRelayProbe().RunAsync(
            ProbePatience.Apply(route), From.Address, to.Address, message, null, CancellationToken.None);
        Assert.True(result.FailedStage is null, result.Problem);
        var stored = await postfix.Store.WaitForAsync(result.MessageId!);
        Assert.Contains(
            route.Server, System.Text.Encoding.UTF8.GetString(stored.ReadContent()), StringComparison.Ordinal);
    }

    private static Task<SmtpRelayResult> ProbeAsync(SmtpRoute route, string to) => new SmtpRelayProbe().RunAsync(
        ProbePatience.Apply(route), From.Address, EmailAddress.Parse(to), null, null, CancellationToken.None);
}
