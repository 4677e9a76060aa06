using System.Net;
using System.Net.Sockets;

namespace MailAdmin.Interop.Sending;

/// <summary>Stands between a client and a server for one connection, and keeps what the client sends.</summary>
internal sealed class WireTap : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly MemoryStream _sent = new();
    private readonly Task _relaying;

    /// <summary>Listens at once.</summary>
    /// <param name="serverPort">The server's port on 127.0.0.1.</param>
    public WireTap(int serverPort)
    {
        _listener.Start();
        _relaying = RelayAsync(serverPort);
    }

    /// <summary>The port for the client, on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>All that the client sent, once both sides have closed.</summary>
    public async Task<byte[]> SentAsync()
    {
        await _relaying.WaitAsync(TimeSpan.FromMinutes(2));
        return _sent.ToArray();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _sent.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task RelayAsync(int serverPort)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, serverPort);
        await Task.WhenAll(
            CopyAsync(client.GetStream(), server.GetStream(), _sent.Write),
            CopyAsync(server.GetStream(), client.GetStream(), _ => { }));
    }

    private static async Task CopyAsync(NetworkStream from, NetworkStream to, Action<ReadOnlySpan<byte>> keep)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer)) > 0)
            {
                keep(buffer.AsSpan(0, read));
                await to.WriteAsync(buffer.AsMemory(0, read));
            }

            to.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // One side is gone; what it sent is kept, and the other side has to know.
            to.Close();
        }
    }
}
