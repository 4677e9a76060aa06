using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Server;

namespace MailAdmin.Tests.Server;

public sealed class ServerTlsTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("mail.example")]
    public async Task Speaks_TLS_from_the_start_with_a_certificate_that_can_be_trusted(string host)
    {
        await using var server = await SmtpTestServer.StartAsync(new()
        {
            Security = SmtpServerSecurity.Implicit,
            HostName = "mail.example",
        });
        Assert.False(server.Certificate!.HasPrivateKey);
        await using var client = await RawClient.ConnectAsync(server.Endpoint);
        await client.SecureAsync(server.Certificate, host);

        Assert.Equal("220 mail.example ESMTP MailAdmin test server", await client.ReadReplyAsync());
        await client.SendAsync(RawClient.Message("x\r\n"));
        await client.ReadRepliesAsync(5);
        Assert.Contains(
            Assert.Single(server.Messages).Session.TlsProtocol,
            (SslProtocols?[])[SslProtocols.Tls12, SslProtocols.Tls13]);
        await client.SendAsync("QUIT\r\n");
        Assert.StartsWith("221 ", await client.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.Null(await client.ReadReplyAsync());
    }

    [Fact]
    public async Task Upgrades_to_TLS_and_takes_the_certificate_that_it_was_given()
    {
        using var own = TestCertificates.Issue(null, ["given.example"]);
        using var clientCertificate = TestCertificates.Issue(null, ["client.example"]);
        await using var server = await SmtpTestServer.StartAsync(new()
        {
            Security = SmtpServerSecurity.StartTls,
            Certificate = own,
            RequestClientCertificate = true,
            TlsProtocols = SslProtocols.Tls12,
        });
        Assert.Equal(own.Thumbprint, server.Certificate!.Thumbprint);
        await using var client = await RawClient.ConnectAsync(server.Endpoint);
        await client.SendAsync("EHLO c\r\n");
        await client.ReadRepliesAsync(2);
        await client.SendAsync("STARTTLS\r\n");
        Assert.Equal("220 2.0.0 Ready to start TLS", await client.ReadReplyAsync());
        await client.SecureAsync(own, "given.example", clientCertificate);

        await client.SendAsync(RawClient.Message("x\r\n"));
        await client.ReadRepliesAsync(5);
        var session = Assert.Single(server.Messages).Session;
        Assert.Equal(SslProtocols.Tls12, session.TlsProtocol);
        Assert.Equal(clientCertificate.Thumbprint, session.ClientCertificate?.Thumbprint);
    }

    [Fact]
    public async Task Refuses_a_certificate_without_its_key()
    {
        using var own = TestCertificates.Issue(null, ["given.example"]);
        using var bare = X509CertificateLoader.LoadCertificate(own.RawData);

        var failure = await Assert.ThrowsAsync<SmtpTestServerException>(
            () => SmtpTestServer.StartAsync(new() { Security = SmtpServerSecurity.Implicit, Certificate = bare }));
        Assert.Equal("CertificateWithoutKey", failure.ErrorId);
    }

    [Fact]
    public async Task Outlives_a_client_that_fails_at_TLS()
    {
        var transcript = new MailAdmin.Tests.Net.RecordedTranscript();
        await using var server = await SmtpTestServer.StartAsync(new()
        {
            Security = SmtpServerSecurity.Implicit,
            Transcript = _ => transcript,
        });
        await using (var client = await RawClient.ConnectAsync(server.Endpoint))
        {
            await client.SendAsync("EHLO in the clear\r\n");
            Assert.Null(await client.ReadReplyAsync());
        }

        await Wait.UntilAsync(() => server.ConnectionCount == 0);
        Assert.Contains("plain text where a TLS handshake was expected", transcript.All, StringComparison.Ordinal);
        await using var next = await RawClient.ConnectAsync(server.Endpoint);
        await next.SecureAsync(server.Certificate!, "localhost");
        Assert.StartsWith("220 ", await next.ReadReplyAsync(), StringComparison.Ordinal);
    }
}
