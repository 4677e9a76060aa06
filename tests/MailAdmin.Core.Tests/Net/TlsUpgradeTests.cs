using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailAdmin.Net;

namespace MailAdmin.Tests.Net;

public sealed class TlsUpgradeTests
{
    private static readonly TimeSpan Patience = LoopbackPair.Patience;
    private static readonly X509Certificate2 Root = TestCertificates.CreateRoot();

    [Fact]
    public async Task Establishes_tls_and_says_what_was_negotiated()
    {
        await using var pair = await LoopbackPair.OpenAsync();
        using var certificate = TestCertificates.Issue(Root, ["server.example"]);
        await UpgradeAsync(pair, certificate, Trusting());

        Assert.True(pair.Client.IsSecure);
        Assert.True(pair.Server.IsSecure);
        Assert.True(pair.Client.Tls!.Protocol is SslProtocols.Tls12 or SslProtocols.Tls13);
        Assert.Equal(certificate.Thumbprint, pair.Client.Tls.Certificate!.Thumbprint);
        pair.Server.Write("220 hello\r\n"u8);
        await pair.Server.FlushAsync(Patience, default);
        var line = await pair.Client.ReadLineAsync(512, Patience, default);
        Assert.Equal("220 hello", Encoding.ASCII.GetString(line.Span));
    }

    [Fact]
    public async Task Discards_plain_text_that_was_slipped_in_before_the_handshake()
    {
        var transcript = new RecordedTranscript();
        await using var pair = await LoopbackPair.OpenAsync(transcript);
        using var certificate = TestCertificates.Issue(Root, ["server.example"]);
        await pair.ServerSocket.SendAsync("220 go ahead\r\n250 injected\r\n"u8.ToArray());
        await pair.Client.ReadLineAsync(512, Patience, default);
        Assert.True(pair.Client.HasBufferedInput);

        await UpgradeAsync(pair, certificate, Trusting());
        pair.Server.Write("250 genuine\r\n"u8);
        await pair.Server.FlushAsync(Patience, default);

        var line = await pair.Client.ReadLineAsync(512, Patience, default);
        Assert.Equal("250 genuine", Encoding.ASCII.GetString(line.Span));
        Assert.Contains("14 octets", transcript.All, StringComparison.Ordinal);
        Assert.Contains(pair.Client.Tls!.Warnings, w => w.Contains("14 octets", StringComparison.Ordinal));
    }

    private static TlsClientOptions Trusting() => new()
    {
        TargetHost = "server.example",
        TrustedRoots = [Root],
        Revocation = X509RevocationMode.NoCheck,
    };

    private static Task UpgradeAsync(LoopbackPair pair, X509Certificate2 certificate, TlsClientOptions options) =>
        Task.WhenAll(
            pair.Client.UpgradeToTlsAsync(options, Patience, default),
            pair.Server.UpgradeToTlsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = certificate }, Patience, default));
}
