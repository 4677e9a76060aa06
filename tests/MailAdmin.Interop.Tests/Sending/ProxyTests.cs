using MailAdmin.Interop.Servers;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.Transports;

namespace MailAdmin.Interop.Sending;

/// <summary>Through proxies that want a login, with TLS to the server behind them.</summary>
[Collection(nameof(PostfixServer))]
public sealed class ProxyTests(PostfixServer postfix, ProxyServers proxies) : IClassFixture<ProxyServers>
{
    [SkippableTheory]
    [InlineData("socks5")]
    [InlineData("http")]
    public async Task Sends_through_a_proxy(string scheme)
    {
        var draft = Drafts.New(scheme);

        await using var client = Client(scheme, ProxyServers.Password);
        var report = client.AssertSent(await client.SendAsync(new MessageBuilder().Build(draft)));

        Assert.NotNull(report.TlsProtocol);
        Assert.DoesNotContain(ProxyServers.Password, client.Dialogue, StringComparison.Ordinal);
        await postfix.Store.WaitForAsync(draft.MessageId!);
    }

    [SkippableTheory]
    [InlineData("socks5")]
    [InlineData("http")]
    public async Task Tells_that_the_proxy_refuses_the_login(string scheme)
    {
        await using var client = Client(scheme, "wrong");
        var report = await client.SendAsync(new MessageBuilder().Build(Drafts.New("refused")));

        Assert.Equal(DeliveryStatus.Failed, report.Status);
        Assert.Equal("ProxyAuthenticationFailed", Assert.IsType<ConnectException>(report.Error).ErrorId);
        Assert.Empty(client.Commands);
    }

    [SkippableTheory]
    [InlineData("socks5")]
    [InlineData("http")]
    public async Task Tells_that_nobody_listens_behind_the_proxy(string scheme)
    {
        await using var client = Client(scheme, ProxyServers.Password, LoopbackPorts.Find());
        var report = await client.SendAsync(new MessageBuilder().Build(Drafts.New("nobody")));

        Assert.Equal(DeliveryStatus.Deferred, report.Status);
        Assert.Contains("The proxy", Assert.IsType<ConnectException>(report.Error).Message, StringComparison.Ordinal);
    }

    // By address: the proxies would try ::1 for localhost, where nobody listens.
    private RecordingClient Client(string scheme, string password, int? port = null)
    {
        postfix.Require();
        proxies.Require();
        var proxy = scheme == "http" ? proxies.HttpPort : proxies.SocksPort;
        return new RecordingClient(Routes.To(postfix, port ?? postfix.Port(PostfixService.Relay)) with
        {
            Host = "127.0.0.1",
            Security = ConnectionSecurity.StartTls,
            Dial = new DialOptions { Proxy = new Uri($"{scheme}://{ProxyServers.User}:{password}@127.0.0.1:{proxy}") },
        });
    }
}
