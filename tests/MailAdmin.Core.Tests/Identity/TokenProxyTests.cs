using System.Net;
using System.Net.Sockets;
using System.Text;
using MailAdmin.Identity;
using MailAdmin.Net;

namespace MailAdmin.Tests.Identity;

/// <summary>Tokens through a proxy that wants a login (CONNECT, RFC 9110 §9.3.6).</summary>
public sealed class TokenProxyTests
{
    [Theory]
    [InlineData(TokenFlow.ClientSecret)]
    [InlineData(TokenFlow.GoogleRefreshToken)]
    public async Task Both_providers_are_asked_through_the_proxy(TokenFlow flow)
    {
        await using var kit = await SignInKit.StartAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var heads = new List<string>();
        var serving = ServeAsync(listener, kit.Provider.Address.Port, heads, stop.Token);
        using var http = new HttpClientSource(
            new Uri($"http://bob:p%40ss@127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"),
            [kit.Provider.Certificate]);
        var secrets = new TokenSecrets
        {
            ClientSecret = kit.App.Secret,
            RefreshToken = kit.Provider.IssueGoogleRefreshToken(),
        };

        using var source = kit.Source(
            flow == TokenFlow.ClientSecret ? kit.Settings(flow) : kit.Google(flow), secrets, kit.Options with { Http = http });
        var token = await source.GetTokenAsync(stop.Token);
        stop.Cancel();
        await serving;

        Assert.NotNull(kit.Provider.Tokens.Find(token.Value));
        Assert.All(heads, h => Assert.StartsWith($"CONNECT localhost:{kit.Provider.Address.Port} ", h, StringComparison.Ordinal));
        var login = Convert.ToBase64String("bob:p@ss"u8);
        Assert.Contains(heads, h => h.Contains($"Proxy-Authorization: Basic {login}", StringComparison.OrdinalIgnoreCase));
    }

    // Asks for a login the first time, as proxies do, and then lets the connection through to the provider.
    private static async Task ServeAsync(TcpListener listener, int port, List<string> heads, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop);
                var stream = client.GetStream();
                var head = await ReadHeadAsync(stream, stop);
                while (!head.Contains("Proxy-Authorization", StringComparison.OrdinalIgnoreCase) && head.Length > 0)
                {
                    heads.Add(head);
                    await stream.WriteAsync(
                        "HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), stop);
                    head = await ReadHeadAsync(stream, stop);
                }

                if (head.Length == 0)
                {
                    continue;
                }

                heads.Add(head);
                using var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, port, stop);
                await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), stop);
                var there = server.GetStream();
                await Task.WhenAny(stream.CopyToAsync(there, stop), there.CopyToAsync(stream, stop));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The test is over.
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream, CancellationToken stop)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, stop) > 0)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
