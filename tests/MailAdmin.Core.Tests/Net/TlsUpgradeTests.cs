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

    private static readonly TlsClientOptions Trusting = new()
    {
        TargetHost = "server.example",
        TrustedRoots = [Root],
        Revocation = X509RevocationMode.NoCheck,
    };

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Establishes_tls_and_says_what_was_negotiated(SslProtocols version)
    {
        await using var pair = await LoopbackPair.OpenAsync();
        using var certificate = TestCertificates.Issue(Root, ["server.example"]);
        await UpgradeAsync(pair, new() { ServerCertificate = certificate, EnabledSslProtocols = version });

        Assert.True(pair.Client.IsSecure);
        Assert.True(pair.Server.IsSecure);
        Assert.Equal(version, pair.Client.Tls!.Protocol);
        Assert.Equal(certificate.Thumbprint, pair.Client.Tls.Certificate!.Thumbprint);
        Assert.Empty(pair.Client.Tls.Warnings);
        await ExchangeAsync(pair);
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

        await UpgradeAsync(pair, new() { ServerCertificate = certificate });

        await ExchangeAsync(pair);
        Assert.Contains("14 octets", transcript.All, StringComparison.Ordinal);
        Assert.Contains(pair.Client.Tls!.Warnings, w => w.Contains("14 octets", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_server_discards_commands_that_were_slipped_in_before_the_handshake()
    {
        await using var pair = await LoopbackPair.OpenAsync();
        using var certificate = TestCertificates.Issue(Root, ["server.example"]);
        pair.Client.Write("STARTTLS\r\nRSET\r\n"u8);
        await pair.Client.FlushAsync(Patience, default);
        await pair.Server.ReadLineAsync(512, Patience, default);
        Assert.True(pair.Server.HasBufferedInput);

        await UpgradeAsync(pair, new() { ServerCertificate = certificate });

        Assert.False(pair.Server.HasBufferedInput);
        Assert.Contains(pair.Server.Tls!.Warnings, w => w.Contains("6 octets", StringComparison.Ordinal));
        await ExchangeAsync(pair);
    }

    [Theory]
    [InlineData("220 mail.example ESMTP\r\n", "ServerNotTls", "STARTTLS")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "ServerNotTls", "web server")]
    public async Task Recognises_a_server_without_tls(string greeting, string errorId, string advice)
    {
        var transcript = new RecordedTranscript();
        await using var pair = await LoopbackPair.OpenAsync(transcript);
        await pair.ServerSocket.SendAsync(Encoding.ASCII.GetBytes(greeting));
        var failure = await Assert.ThrowsAsync<TlsFailedException>(
            () => pair.Client.UpgradeToTlsAsync(Trusting, Patience, default));
        Assert.Equal(errorId, failure.ErrorId);
        Assert.Contains(greeting[..10], failure.Message, StringComparison.Ordinal);
        Assert.Contains(advice, failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains(failure.Message, transcript.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recognises_a_client_without_tls()
    {
        await using var pair = await LoopbackPair.OpenAsync();
        using var certificate = TestCertificates.Issue(Root, ["server.example"]);
        pair.Client.Write("EHLO client.example\r\n"u8);
        await pair.Client.FlushAsync(Patience, default);
        var failure = await Assert.ThrowsAsync<TlsFailedException>(
            () => pair.Server.UpgradeToTlsServerAsync(new() { ServerCertificate = certificate }, Patience, default));
        Assert.Equal("ClientNotTls", failure.ErrorId);
    }

    [Fact]
    public async Task A_server_that_closes_during_the_handshake_is_reported_so()
    {
        await using var pair = await LoopbackPair.OpenAsync();
        pair.ServerSocket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        var failure = await Assert.ThrowsAsync<TlsFailedException>(
            () => pair.Client.UpgradeToTlsAsync(Trusting, Patience, default));
        Assert.Equal("TlsFailed", failure.ErrorId);
        Assert.Contains("closed the connection during the TLS handshake", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_silent_runs_out_of_time()
    {
        await using var pair = await LoopbackPair.OpenAsync();
        var failure = await Assert.ThrowsAsync<PeerTimeoutException>(
            () => pair.Client.UpgradeToTlsAsync(Trusting, TimeSpan.FromMilliseconds(50), default));
        Assert.Equal("the TLS handshake", failure.Stage);
    }

    [Fact]
    public async Task Cancelling_ends_a_handshake()
    {
        await using var pair = await LoopbackPair.OpenAsync();
        using var cancel = new CancellationTokenSource(20);
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => pair.Client.UpgradeToTlsAsync(Trusting, Patience, cancel.Token).WaitAsync(Patience));
    }

    [Fact]
    public async Task Versions_without_overlap_are_named_as_the_cause()
    {
        await using var pair = await LoopbackPair.OpenAsync();
        using var certificate = TestCertificates.Issue(Root, ["server.example"]);
        var failure = await FailAsync(
            pair,
            Trusting with { Protocols = SslProtocols.Tls12 },
            new() { ServerCertificate = certificate, EnabledSslProtocols = SslProtocols.Tls13 });
        Assert.Equal("TlsVersionRefused", failure.ErrorId);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Sends_the_client_certificate_with_its_chain(SslProtocols version)
    {
        await using var pair = await LoopbackPair.OpenAsync();
        using var certificate = TestCertificates.Issue(Root, ["server.example"]);
        using var intermediate = TestCertificates.CreateIntermediate(Root);
        using var client = TestCertificates.Issue(intermediate, ["client.example"]);
        using var bareIntermediate = X509CertificateLoader.LoadCertificate(intermediate.RawData);
        var chain = new List<string>();

        await UpgradeAsync(
            pair,
            new()
            {
                ServerCertificate = certificate,
                EnabledSslProtocols = version,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, _, sent, _) =>
                {
                    chain.AddRange(sent!.ChainPolicy.ExtraStore.Select(c => c.Subject));
                    return true;
                },
            },
            Trusting with { ClientCertificates = [client, bareIntermediate] });

        Assert.Equal(client.Thumbprint, pair.Server.Tls!.Certificate!.Thumbprint);
        Assert.Contains("CN=MailAdmin test intermediate", chain);
    }

    [Fact]
    public async Task Refuses_a_client_certificate_without_its_key_before_anything_is_sent()
    {
        await using var pair = await LoopbackPair.OpenAsync();
        using var client = TestCertificates.Issue(null, ["client.example"]);
        using var bare = X509CertificateLoader.LoadCertificate(client.RawData);
        var failure = await Assert.ThrowsAsync<ClientCertificateException>(
            async () => await pair.Client.UpgradeToTlsAsync(
                Trusting with { ClientCertificates = [bare] }, Patience, default));
        Assert.Equal("ClientCertificateWithoutKey", failure.ErrorId);
        await ExchangeAsync(pair);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Suspects_the_client_certificate_when_the_server_closes_after_the_handshake(SslProtocols version)
    {
        await using var pair = await LoopbackPair.OpenAsync();
        using var certificate = TestCertificates.Issue(Root, ["server.example"]);
        using var client = TestCertificates.Issue(null, ["client.example"]);
        var accepting = Record.ExceptionAsync(() => pair.Server.UpgradeToTlsServerAsync(
            new()
            {
                ServerCertificate = certificate,
                EnabledSslProtocols = version,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, _, _, _) => false,
            },
            Patience,
            default));

        // .NET's server closes without an alert, once the handshake is over.
        var failure = await Assert.ThrowsAsync<ConnectionLostException>(async () =>
        {
            await pair.Client.UpgradeToTlsAsync(Trusting with { ClientCertificates = [client] }, Patience, default);
            await pair.Client.ReadLineAsync(512, Patience, default);
        });
        await accepting;
        Assert.Contains("client certificate", failure.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("-tls1_2", true, "ClientCertificateRefused")]
    [InlineData("-tls1_3", true, "ClientCertificateRefused")]
    [InlineData("-tls1_2", false, "ClientCertificateRequired|TlsFailed")]
    [InlineData("-tls1_3", false, "ClientCertificateRequired")]
    public async Task Understands_the_alerts_about_client_certificates(
        string version, bool withCertificate, string errorIds)
    {
        Skip.If(!File.Exists("/usr/bin/openssl"), "needs the openssl command");
        using var certificate = TestCertificates.Issue(Root, ["server.example"]);
        using var client = TestCertificates.Issue(null, ["client.example"]);
        await using var server = await OpenSslServer.StartAsync(
            certificate, Root, "-Verify", "1", "-verify_return_error", version);
        await using var connection = await new TcpDialer().DialAsync("127.0.0.1", server.Port, new(), null, default);
        var options = Trusting with { ClientCertificates = withCertificate ? [client] : null };

        // Under TLS 1.3 the client has finished before the server judges, so that the refusal comes with the first
        // read.
        var failure = await Assert.ThrowsAsync<TlsFailedException>(async () =>
        {
            await connection.UpgradeToTlsAsync(options, Patience, default);
            await connection.ReadLineAsync(512, Patience, default);
        });
        Assert.Contains(failure.ErrorId, errorIds.Split('|'));
    }

    [Fact]
    public async Task Closing_tells_the_peer_so()
    {
        await using var pair = await LoopbackPair.OpenAsync();
        using var certificate = TestCertificates.Issue(Root, ["server.example"]);
        await UpgradeAsync(pair, new() { ServerCertificate = certificate });
        await pair.Client.DisposeAsync();
        var failure = await Assert.ThrowsAsync<ConnectionLostException>(
            async () => await pair.Server.ReadLineAsync(512, Patience, default));
        Assert.Contains("the other side closed it", failure.Message, StringComparison.Ordinal);
    }

    private static async Task ExchangeAsync(LoopbackPair pair)
    {
        pair.Server.Write("250 genuine\r\n"u8);
        await pair.Server.FlushAsync(Patience, default);
        var line = await pair.Client.ReadLineAsync(512, Patience, default);
        Assert.Equal("250 genuine", Encoding.ASCII.GetString(line.Span));
    }

    private static async Task<TlsFailedException> FailAsync(
        LoopbackPair pair, TlsClientOptions client, SslServerAuthenticationOptions server)
    {
        var accepting = Record.ExceptionAsync(() => pair.Server.UpgradeToTlsServerAsync(server, Patience, default));
        var failure = await Assert.ThrowsAsync<TlsFailedException>(
            () => pair.Client.UpgradeToTlsAsync(client, Patience, default));
        await accepting;
        return failure;
    }

    private static Task UpgradeAsync(
        LoopbackPair pair, SslServerAuthenticationOptions server, TlsClientOptions? client = null) =>
        Task.WhenAll(
            pair.Client.UpgradeToTlsAsync(client ?? Trusting, Patience, default),
            pair.Server.UpgradeToTlsServerAsync(server, Patience, default));
}
