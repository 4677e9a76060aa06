using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MailAdmin.Tests.Smtp;

/// <summary>
/// A server that follows a transcript and fails when the client does not.
/// <code>
/// S: 220 ready        sends the line
/// S! SSH-2.0          sends the text without a line end
/// C: EHLO *           takes a line; * stands for anything
/// C...                takes lines up to a lone dot
/// C= 120              takes 120 octets
/// tls                 becomes the server of a TLS handshake
/// stall               says nothing more; waits until the client has gone
/// pause               reads nothing until EndPause, then whatever comes until the client has gone
/// drain               takes whatever comes until the client has gone
/// drop                closes
/// ---                 what follows is for the next connection
/// </code>
/// At the end of its part of the script, each connection waits until the client has closed.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _pauseEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _run;
    private readonly X509Certificate2? _certificate;
    private readonly Fragmentation _fragmentation;

    public ScriptedServer(
        string script, Fragmentation fragmentation = Fragmentation.Whole, X509Certificate2? certificate = null)
    {
        _fragmentation = fragmentation;
        _certificate = certificate;
        _listener.Start();
        _run = RunAsync(script.Split("---").Select(part => part
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line.Length > 0)
            .ToArray()).ToArray());
    }

    /// <summary>Done when the script has come to a stall.</summary>
    public Task Stalled => _stalled.Task;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How often the server waited for the client after it had said something.</summary>
    public int RoundTrips { get; private set; }

    /// <summary>Connections that the client made.</summary>
    public int Connections { get; private set; }

    /// <summary>Everything that C... took, lines ended with CRLF, without the final dot.</summary>
    public StringBuilder Content { get; } = new();

    /// <summary>Reads again after a pause.</summary>
    public void EndPause() => _pauseEnded.TrySetResult();

    /// <summary>
    /// Waits for the end of the script; fails if the client strayed from it or left a connection open.
    /// </summary>
    public async Task VerifyAsync() => await _run.WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _run.ContinueWith(static _ => { }, TaskScheduler.Default).WaitAsync(Patience);
    }

    private async Task RunAsync(string[][] parts)
    {
        foreach (var part in parts)
        {
            using var socket = await _listener.AcceptSocketAsync();
            Connections++;
            socket.NoDelay = true;
            await using var peer = new Peer(this, new NetworkStream(socket, ownsSocket: false));
            if (await peer.FollowAsync(part))
            {
                await peer.ExpectEndAsync().WaitAsync(Patience);
            }
        }

        await Task.Yield();
        Assert.False(_listener.Pending(), "The client made another connection than the script has.");
    }

    private sealed class Peer(ScriptedServer server, Stream stream) : IAsyncDisposable
    {
        private readonly byte[] _buffer = new byte[64 * 1024];
        private Stream _stream = stream;
        private int _start;
        private int _end;
        private bool _hasSpoken;

        public async Task<bool> FollowAsync(string[] script)
        {
            var output = new StringBuilder();
            foreach (var step in script)
            {
                if (step.StartsWith("S: ", StringComparison.Ordinal))
                {
                    output.Append(step.AsSpan(3)).Append("\r\n");
                    continue;
                }

                if (step.StartsWith("S! ", StringComparison.Ordinal))
                {
                    output.Append(step.AsSpan(3));
                    continue;
                }

                await SendAsync(output.ToString());
                output.Clear();
                if (!await TakeAsync(step))
                {
                    return false;
                }
            }

            await SendAsync(output.ToString());
            return true;
        }

        public async Task ExpectEndAsync()
        {
            try
            {
                var line = await ReadLineAsync();
                Assert.Fail($"The script is at its end, but the client says: {line}");
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                // The client has gone, as it should.
            }
        }

        public ValueTask DisposeAsync() => _stream.DisposeAsync();

        private async Task<bool> TakeAsync(string step)
        {
            switch (step)
            {
                case "C...":
                    for (var line = await ReadLineAsync(); line != "."; line = await ReadLineAsync())
                    {
                        server.Content.Append(line).Append("\r\n");
                    }

                    return true;
                case "tls":
                    var tls = new SslStream(_stream);
                    _stream = tls;
                    try
                    {
                        await tls.AuthenticateAsServerAsync(server._certificate!);
                    }
                    catch (Exception e) when (
                        e is IOException or System.Security.Authentication.AuthenticationException)
                    {
                        // A client that does not like the certificate leaves here.
                        return false;
                    }

                    return true;
                case "stall":
                    server._stalled.TrySetResult();
                    return true;
                case "pause":
                    await server._pauseEnded.Task;
                    await DrainAsync();
                    return false;
                case "drain":
                    await DrainAsync();
                    return false;
                case "drop":
                    return false;
                case var _ when step.StartsWith("C= ", StringComparison.Ordinal):
                    var octets = int.Parse(step.AsSpan(3), System.Globalization.CultureInfo.InvariantCulture);
                    for (var left = octets; left > 0; left--)
                    {
                        server.Content.Append((char)await ReadOctetAsync());
                    }

                    return true;
                case var _ when step.StartsWith("C: ", StringComparison.Ordinal):
                    var said = await ReadLineAsync();
                    Assert.True(Matches(step[3..], said), $"The script has '{step[3..]}', the client says '{said}'.");
                    return true;
                default:
                    Assert.Fail($"The script has a line that means nothing: {step}");
                    return false;
            }
        }

        private static bool Matches(string pattern, string line)
        {
            var star = pattern.IndexOf('*', StringComparison.Ordinal);
            return star < 0
                ? pattern == line
                : line.Length >= pattern.Length - 1 &&
                  line.StartsWith(pattern[..star], StringComparison.Ordinal) &&
                  line.EndsWith(pattern[(star + 1)..], StringComparison.Ordinal);
        }

        private async Task SendAsync(string text)
        {
            var octets = Encoding.UTF8.GetBytes(text);
            var size = server._fragmentation == Fragmentation.Octets ? 1 : octets.Length;
            for (var i = 0; i < octets.Length; i += size)
            {
                if (server._fragmentation == Fragmentation.Lines)
                {
                    size = Array.IndexOf(octets, (byte)'\n', i) is >= 0 and var lf ? lf + 1 - i : octets.Length - i;
                }

                try
                {
                    await _stream.WriteAsync(octets.AsMemory(i, size));
                }
                catch (IOException)
                {
                    // A client may leave in the middle of an answer that it has seen enough of.
                    return;
                }
            }

            _hasSpoken |= octets.Length > 0;
        }

        private async Task<string> ReadLineAsync()
        {
            var line = new List<byte>();
            while (true)
            {
                var octet = await ReadOctetAsync();
                if (octet == '\n')
                {
                    Assert.True(line is [.., (byte)'\r'], "The client ended a line without CR.");
                    return Encoding.UTF8.GetString([.. line[..^1]]);
                }

                line.Add(octet);
            }
        }

        private async Task DrainAsync()
        {
            try
            {
                while (await _stream.ReadAsync(_buffer) > 0)
                {
                }
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                // The client has gone, as it should.
            }
        }

        private async ValueTask<byte> ReadOctetAsync()
        {
            if (_start == _end)
            {
                if (_hasSpoken)
                {
                    server.RoundTrips++;
                    _hasSpoken = false;
                }

                _start = 0;
                _end = await _stream.ReadAsync(_buffer);
                if (_end == 0)
                {
                    throw new EndOfStreamException("The client closed the connection.");
                }
            }

            return _buffer[_start++];
        }
    }
}
