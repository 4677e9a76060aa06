using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MailAdmin.Interop.Tools;

namespace MailAdmin.Interop.Servers;

/// <summary>
/// A server in the foreground, in a process namespace of its own that ends with this object or this process.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);
    private const int LogLimit = 512 * 1024;

    private readonly Process _supervisor;
    private readonly StringBuilder _log = new();

    private ServerProcess(Process supervisor) => _supervisor = supervisor;

    /// <summary>The newest half megabyte of what the server said.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    public static ServerProcess Start(params IEnumerable<string> command)
    {
        var supervisor = new Process
        {
            StartInfo = new ProcessStartInfo("bash", [ExternalTool.Script("Servers/supervise.sh"), .. command])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = "/",
            },
        };
        var server = new ServerProcess(supervisor);
        supervisor.OutputDataReceived += (_, line) => server.Append(line.Data);
        supervisor.ErrorDataReceived += (_, line) => server.Append(line.Data);
        supervisor.Start();
        supervisor.BeginOutputReadLine();
        supervisor.BeginErrorReadLine();
        return server;
    }

    /// <summary>Waits until the server takes connections at all of these ports.</summary>
    public async Task WaitUntilListeningAsync(params IEnumerable<int> ports)
    {
        foreach (var port in ports)
        {
            await WaitUntilAsync(() => ListensAsync(port), $"listen at port {port}");
        }
    }

    /// <summary>Waits until the server has made this file, such as a socket.</summary>
    public Task WaitForFileAsync(string path) =>
        WaitUntilAsync(() => Task.FromResult(File.Exists(path)), $"make {path}");

    /// <summary>Waits until the server greets at this port, as one does only when its configuration is good.</summary>
    public async Task WaitForGreetingAsync(int port)
    {
        using var deadline = new CancellationTokenSource(StartLimit);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, deadline.Token);
            using var reader = new StreamReader(client.GetStream());
            var greeting = await reader.ReadLineAsync(deadline.Token);
            Assert.StartsWith("220", greeting, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            throw new InvalidOperationException($"No greeting at port {port}.\n{Log}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _supervisor.StandardInput.Close();
        using var deadline = new CancellationTokenSource(EndLimit);
        try
        {
            await _supervisor.WaitForExitAsync(deadline.Token);
        }
        finally
        {
            if (!_supervisor.HasExited)
            {
                _supervisor.Kill(entireProcessTree: true);
            }

            _supervisor.Dispose();
        }
    }

    private async Task WaitUntilAsync(Func<Task<bool>> condition, string aim)
    {
        for (var starting = Stopwatch.StartNew(); !await condition(); await Task.Delay(20))
        {
            if (_supervisor.HasExited || starting.Elapsed > StartLimit)
            {
                throw new InvalidOperationException(
                    $"{string.Join(' ', _supervisor.StartInfo.ArgumentList.Skip(1))} does not {aim}.\n{Log}");
            }
        }
    }

    private static async Task<bool> ListensAsync(int port)
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Append(string? line)
    {
        lock (_log)
        {
            _log.AppendLine(line);
            if (_log.Length > LogLimit)
            {
                _log.Remove(0, LogLimit / 2);
            }
        }
    }
}
