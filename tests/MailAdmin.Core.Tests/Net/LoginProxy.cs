using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailAdmin.Tests.Net;

/// <summary>
/// A proxy that wants a login (CONNECT, RFC 9110 §9.3.6): it asks for one the first time, as proxies do, and then lets
/// the connection through to a port of this machine, whatever the host.
/// </summary>
internal sealed class LoginProxy : IAsyncDisposable
{
    public const string Login = "bob:p@ss";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(60));
    private readonly ConcurrentQueue<string> _heads = new();
    private readonly int _target;
    private readonly Task _serving;

    public LoginProxy(int target)
    {
        _target = target;
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Where it is, with the login.</summary>
    public Uri Address => new($"http://bob:p%40ss@127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>It was asked for these hosts (with their ports) alone, in this order, with the login.</summary>
    public void AssertUsedFor(params string[] hosts)
    {
        Assert.Equal(hosts, _heads.Select(head => head.Split(' ')[1]).Distinct());
        var field = $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes(Login))}";
        Assert.All(hosts, host => Assert.Contains(
            _heads,
            head => head.StartsWith($"CONNECT {host} ", StringComparison.Ordinal) &&
                head.Contains(field, StringComparison.OrdinalIgnoreCase)));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }

        await Task.WhenAll(connections);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var head = await ReadHeadAsync(stream);
                while (!head.Contains("Proxy-Authorization", StringComparison.OrdinalIgnoreCase) && head.Length > 0)
                {
                    _heads.Enqueue(head);
                    await stream.WriteAsync(
                        "HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"u8
                            .ToArray(),
                        _stop.Token);
                    head = await ReadHeadAsync(stream);
                }

                if (head.Length > 0)
                {
                    _heads.Enqueue(head);
                    await PassAsync(stream);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // The client is gone, or the test is over.
            }
        }
    }

    private async Task PassAsync(NetworkStream here)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
        await here.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _stop.Token);
        var there = server.GetStream();
        await Task.WhenAny(here.CopyToAsync(there, _stop.Token), there.CopyToAsync(here, _stop.Token));
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) &&
            await stream.ReadAsync(one, _stop.Token) > 0)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
