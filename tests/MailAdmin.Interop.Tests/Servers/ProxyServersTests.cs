using MailAdmin.Interop.Tools;

namespace MailAdmin.Interop.Servers;

/// <summary>Both proxies reach a mail server, for who has their password.</summary>
[Collection(nameof(OpenSmtpdServer))]
public sealed class ProxyServersTests(OpenSmtpdServer server, ProxyServers proxies) : IClassFixture<ProxyServers>
{
    private const string Login = $"{ProxyServers.User}:{ProxyServers.Password}";

    [SkippableTheory]
    [InlineData("socks5h")]
    [InlineData("http")]
    public async Task Lets_mail_through(string scheme)
    {
        (await SendAsync(scheme, Login, $"through-{scheme}")).EnsureSuccess();
        await server.Store.WaitForAsync($"through-{scheme}");
    }

    // With these codes curl says that the proxy refused.
    [SkippableTheory]
    [InlineData("socks5h", 97)]
    [InlineData("http", 56)]
    public async Task Refuses_a_wrong_password(string scheme, int exitCode)
    {
        Assert.Equal(exitCode, (await SendAsync(scheme, "nobody:wrong", "refused")).ExitCode);
    }

    private Task<ToolResult> SendAsync(string scheme, string login, string id)
    {
        server.Require();
        proxies.Require();
        var port = scheme == "http" ? proxies.HttpPort : proxies.SocksPort;
        return ExternalTool.Curl.RunAsync(Sample.Message(id), [
            "--silent", "--show-error", "--proxytunnel", "--proxy", $"{scheme}://{login}@127.0.0.1:{port}",
            "--noproxy", "", "--url", $"smtp://127.0.0.1:{server.Port}",
            "--mail-from", "a@example.org", "--mail-rcpt", "b@example.net", "--upload-file", "-"]);
    }
}
