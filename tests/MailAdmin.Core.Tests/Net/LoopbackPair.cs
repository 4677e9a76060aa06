using System.Net;
using System.Net.Sockets;
using MailAdmin.Net;

namespace MailAdmin.Tests.Net;

/// <summary>Both ends of a TCP connection over loopback.</summary>
internal sealed class LoopbackPair : IAsyncDisposable
{
    private LoopbackPair(Connection client, Connection server, Socket serverSocket)
    {
        Client = client;
        Server = server;
        ServerSocket = serverSocket;
    }

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    public Connection Client { get; }

    public Connection Server { get; }

    /// <summary>The raw socket below <see cref="Server"/>, for peers that misbehave.</summary>
    public Socket ServerSocket { get; }

    public static async Task<LoopbackPair> OpenAsync(
        ITranscript? clientTranscript = null, ITranscript? serverTranscript = null, TimeProvider? clientTime = null)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var accepting = listener.AcceptSocketAsync();
        await socket.ConnectAsync(listener.LocalEndpoint);
        var accepted = await accepting;
        return new LoopbackPair(
            Connection.FromSocket(socket, "server.example", clientTranscript, clientTime),
            Connection.FromSocket(accepted, "client.example", serverTranscript),
            accepted);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
    }
}
