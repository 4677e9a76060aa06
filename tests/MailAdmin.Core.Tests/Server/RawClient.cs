using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MailAdmin.Tests.Server;

/// <summary>A client that sends what it is told to, and reads replies one by one.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly StringBuilder _received = new();
    private Stream _stream;

    private RawClient(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>How many reads brought octets.</summary>
    public int Reads { get; private set; }

    public static async Task<RawClient> ConnectAsync(IPEndPoint endpoint)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint).WaitAsync(Patience);
            return new RawClient(socket);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A whole transaction behind HELO, pipelined; it earns five replies (HELO, MAIL, RCPT, DATA, end).
    /// </summary>
    public static string Message(string content) =>
        $"HELO client\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n{content}.\r\n";

    public async Task SecureAsync(X509Certificate2 trusted, string host, X509Certificate2? own = null)
    {
        var tls = new SslStream(_stream);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            ClientCertificates = own is null ? null : [own],
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { trusted },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        };
        await tls.AuthenticateAsClientAsync(options).WaitAsync(Patience);
        _stream = tls;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public Task SendAsync(byte[] octets) => _stream.WriteAsync(octets).AsTask().WaitAsync(Patience);

    /// <summary>The next reply with its lines parted by LF; null when the server has closed the connection.</summary>
    public async Task<string?> ReadReplyAsync()
    {
        var lines = new List<string>();
        while (await ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (line.Length < 4 || line[3] != '-')
            {
                return string.Join('\n', lines);
            }
        }

        return lines.Count == 0 ? null : string.Join('\n', lines);
    }

    public async Task<IReadOnlyList<string>> ReadRepliesAsync(int count)
    {
        var replies = new List<string>();
        while (replies.Count < count)
        {
            replies.Add(
                await ReadReplyAsync() ?? throw new EndOfStreamException($"closed after {replies.Count} replies"));
        }

        return replies;
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<string?> ReadLineAsync()
    {
        while (true)
        {
            var text = _received.ToString();
            var end = text.IndexOf("\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                _received.Remove(0, end + 2);
                return text[..end];
            }

            var count = await _stream.ReadAsync(_buffer).AsTask().WaitAsync(Patience);
            if (count == 0)
            {
                return text.Length == 0 ? null : text;
            }

            Reads++;
            _received.Append(Encoding.Latin1.GetString(_buffer, 0, count));
        }
    }
}
