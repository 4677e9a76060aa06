using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MailAdmin.Benchmarks.Wire;

/// <summary>Postfix's smtp-sink on loopback: takes every message and throws it away.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    private SmtpSink(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public static async Task<SmtpSink> StartAsync()
    {
        var port = FreePort();
        string[] identity = Environment.IsPrivilegedProcess ? ["-u", "nobody"] : [];
        var process = Process.Start(PostfixTools.Find("smtp-sink"), [.. identity, $"127.0.0.1:{port}", "1000"]);
        var sink = new SmtpSink(process, port);
        await sink.WaitUntilItListensAsync();
        return sink;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitUntilItListensAsync()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (clock.Elapsed < StartTime && !_process.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }
}
