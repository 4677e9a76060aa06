using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using MailAdmin.Interop.Cases;
using MailAdmin.Interop.Servers;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.Transports;

namespace MailAdmin.Interop.Sending;

/// <summary>Our client with Exim.</summary>
[Collection(nameof(EximServer))]
public sealed class EximSendingTests(EximServer exim) : Utf8SendingContract(exim, ServerAbilities.Exim)
{
    /// <inheritdoc/>
    protected override Regex QueueId { get; } = new(@"id=(\S+)");

    /// <inheritdoc/>
    protected override int PlainPort => exim.Port(EximService.Relay);

    /// <summary>
    /// With TLS 1.3 the server's refusal comes when the client's handshake is over (RFC 8446 §4.4.2.4).
    /// </summary>
    [SkippableFact]
    public async Task Hears_that_its_own_certificate_is_demanded()
    {
        exim.Require();

        await using var client = new RecordingClient(
            Routes.To(exim, exim.Port(EximService.ClientCertificate)) with { Security = ConnectionSecurity.StartTls });
        var report = await client.SendAsync(new MessageBuilder().Build(Drafts.New("no-certificate")));

        Assert.True(report.Error is TlsFailedException, $"{report.Error}\n{client.Dialogue}");
        Assert.Equal("ClientCertificateRequired", report.Error.ErrorId);
        Assert.Equal(DeliveryStatus.Failed, report.Status);
    }

    [SkippableFact]
    public async Task Shows_its_own_certificate()
    {
        exim.Require();
        var files = exim.Certificates.Client;
        using var certificate = X509Certificate2.CreateFromPemFile(files.CertificatePath, files.KeyPath);

        await using var client = new RecordingClient(
            Routes.To(exim, exim.Port(EximService.ClientCertificate)) with { ClientCertificates = [certificate] });

        client.AssertSent(await client.SendAsync(new MessageBuilder().Build(Drafts.New("client-certificate"))));
    }

    /// <inheritdoc/>
    protected override int Port(MessageCase wanted) => exim.Port((wanted.Security, wanted.Login) switch
    {
        (SecurityKind.Implicit, _) => EximService.ImplicitTls,
        (_, LoginKind.None) => EximService.Relay,
        _ => EximService.Submission,
    });
}
