using System.Net;
using System.Net.Sockets;

namespace MailAdmin.Tests.Probes;

/// <summary>A port whose queue of connections is full: further packets are dropped without a word.</summary>
internal sealed class FullSocket : IDisposable
{
    private const int MostThatFit = 16;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _waiting = [];

    private FullSocket()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Null where the system does not drop what its queue has no place for.</summary>
    public static async Task<FullSocket?> OpenAsync()
    {
        var full = new FullSocket();
        for (var i = 0; i < MostThatFit; i++)
        {
            var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            full._waiting.Add(client);
            using var limit = new CancellationTokenSource(Moment);
            try
            {
                await client.ConnectAsync(full._listener.LocalEndPoint!, limit.Token);
            }
            catch (OperationCanceledException)
            {
                return full;
            }
            catch (SocketException)
            {
                break;
            }
        }

        full.Dispose();
        return null;
    }

    public void Dispose()
    {
        _waiting.ForEach(client => client.Dispose());
        _listener.Dispose();
    }
}
