using System.Net.Sockets;
using MailAdmin.Net;

namespace MailAdmin.Benchmarks.Wire;

/// <summary>Connects, and counts the turns of everything that is said.</summary>
internal sealed class TurnCountingDialer : IDialer
{
    private readonly List<TurnCountingStream> _streams = [];

    public long Turns => _streams.Sum(s => s.Turns);

    public async Task<Connection> DialAsync(
        string host, int port, DialOptions options, ITranscript? transcript, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(host, port, cancellationToken);
        var stream = new TurnCountingStream(new NetworkStream(socket, ownsSocket: true));
        lock (_streams)
        {
            _streams.Add(stream);
        }

        return new Connection(stream, host, null, null, transcript);
    }
}
