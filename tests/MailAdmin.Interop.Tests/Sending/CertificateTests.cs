using System.Security.Cryptography.X509Certificates;
using MailAdmin.Interop.Servers;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Interop.Sending;

/// <summary>Certificates of both sides, at Postfix.</summary>
[Collection(nameof(PostfixServer))]
public sealed class CertificateTests(PostfixServer postfix)
{
    [SkippableTheory]
    [InlineData(PostfixService.Expired, "CertificateExpired")]
    [InlineData(PostfixService.WrongName, "CertificateNameMismatch")]
    [InlineData(PostfixService.SelfSigned, "CertificateSelfSigned")]
    [InlineData(PostfixService.Revoked, "CertificateRevoked")]
    public async Task Breaks_off_where_TLS_is_demanded(PostfixService service, string errorId)
    {
        postfix.Require();

        await using var client = Client(service, ConnectionSecurity.StartTls);
        var report = await client.SendAsync(new MessageBuilder().Build(Drafts.New("bad-certificate")));

        Assert.Equal(DeliveryStatus.Failed, report.Status);
        Assert.Equal(errorId, Assert.IsType<CertificateException>(report.Error).ErrorId);
        Assert.NotNull(report.Error.RecommendedAction);
        Assert.Equal(SmtpStage.Tls, report.Stage);
        Assert.Equal(["EHLO client.example.test", "STARTTLS"], client.Commands);
    }

    [SkippableTheory]
    [InlineData(PostfixService.Expired)]
    [InlineData(PostfixService.WrongName)]
    [InlineData(PostfixService.SelfSigned)]
    [InlineData(PostfixService.Revoked)]
    public async Task Warns_where_TLS_is_taken_as_it_comes(PostfixService service)
    {
        postfix.Require();
        var draft = Drafts.New("opportunistic");

        await using var client = Client(service, ConnectionSecurity.StartTlsWhenAvailable);
        var report = await client.SendAsync(new MessageBuilder().Build(draft));

        client.AssertSent(report);
        Assert.NotNull(report.TlsProtocol);
        Assert.NotEmpty(report.Warnings);
        await postfix.Store.WaitForAsync(draft.MessageId!);
    }

    [SkippableFact]
    public async Task Warns_when_revocation_is_unknown()
    {
        postfix.Require();
        var draft = Drafts.New("revocation-unknown");

        await using var client = Client(PostfixService.RevocationUnknown, ConnectionSecurity.StartTls);
        var report = await client.SendAsync(new MessageBuilder().Build(draft));

        client.AssertSent(report);
        Assert.Contains("revo", Assert.Single(report.Warnings), StringComparison.OrdinalIgnoreCase);
        await postfix.Store.WaitForAsync(draft.MessageId!);
    }

    [SkippableFact]
    public async Task Has_nothing_to_say_about_a_good_certificate()
    {
        postfix.Require();

        await using var client = Client(PostfixService.Relay, ConnectionSecurity.StartTls);
        var report = await client.SendAsync(new MessageBuilder().Build(Drafts.New("good-certificate")));

        client.AssertSent(report);
        Assert.Empty(report.Warnings);
    }

    [SkippableTheory]
    [InlineData(PostfixService.ClientCertificate)]
    [InlineData(PostfixService.ClientCertificateForced)]
    public async Task Shows_its_own_certificate(PostfixService service)
    {
        postfix.Require();
        var files = postfix.Certificates.Client;
        using var certificate = X509Certificate2.CreateFromPemFile(files.CertificatePath, files.KeyPath);
        var draft = Drafts.New("client-certificate");

        await using var client = new RecordingClient(
            Routes.To(postfix, service) with { ClientCertificates = [certificate] });
        var report = await client.SendAsync(new MessageBuilder().Build(draft));

        client.AssertSent(report);
        await postfix.Store.WaitForAsync(draft.MessageId!);
    }

    [SkippableFact]
    public async Task Hears_that_it_may_not_relay_without_its_own_certificate()
    {
        postfix.Require();

        await using var client = Client(PostfixService.ClientCertificate, ConnectionSecurity.StartTls);
        var report = await client.SendAsync(new MessageBuilder().Build(Drafts.New("no-certificate")));

        Assert.Equal(DeliveryStatus.Failed, report.Status);
        Assert.Equal("5.7.1", Assert.IsType<RecipientsRefusedException>(report.Error).Reply!.Enhanced.ToString());
    }

    [SkippableFact]
    public async Task Hears_that_its_own_certificate_is_demanded()
    {
        postfix.Require();

        await using var client = Client(PostfixService.ClientCertificateForced, ConnectionSecurity.StartTls);
        var report = await client.SendAsync(new MessageBuilder().Build(Drafts.New("forced-certificate")));

        Assert.Equal(DeliveryStatus.Deferred, report.Status);
        Assert.Equal(421, report.Reply!.Code);
        Assert.Contains("No client certificate presented", report.Error!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("MAIL FROM", client.Dialogue, StringComparison.Ordinal);
    }

    private RecordingClient Client(PostfixService service, ConnectionSecurity security) =>
        new(Routes.To(postfix, service) with { Security = security });
}
