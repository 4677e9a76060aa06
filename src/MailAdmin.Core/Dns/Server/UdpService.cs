using System.Net;
using System.Net.Sockets;

namespace MailAdmin.Dns.Server;

/// <summary>The server's UDP side.</summary>
internal sealed class UdpService(Socket socket, QueryDesk desk, CancellationToken stop)
{
    private const int MaxQueryOctets = 4096;

    private readonly OpenWork _work = new();

    /// <summary>Answers until the server stops.</summary>
    public async Task RunAsync()
    {
        var buffer = new byte[MaxQueryOctets];
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var received = await socket.ReceiveFromAsync(
                    buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), stop).ConfigureAwait(false);
                var message = buffer[..received.ReceivedBytes];
                _work.Start(() => AnswerAsync(message, (IPEndPoint)received.RemoteEndPoint));
            }
            catch (SocketException)
            {
                // Windows tells here that a client is gone; the others are not.
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        await _work.EndAsync().ConfigureAwait(false);
    }

    private async Task AnswerAsync(byte[] message, IPEndPoint client)
    {
        try
        {
            var replies = await desk.AnswerAsync(message, client, usedTcp: false, stop).ConfigureAwait(false);
            if (replies.Count > 1)
            {
                await SendFromElsewhereAsync(replies[0], client).ConfigureAwait(false);
            }

            foreach (var reply in replies.Skip(replies.Count > 1 ? 1 : 0))
            {
                await socket.SendToAsync(reply, client, stop).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // The client is gone, or the server is stopping.
        }
    }

    private async Task SendFromElsewhereAsync(byte[] reply, IPEndPoint client)
    {
        using var elsewhere = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        elsewhere.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await elsewhere.SendToAsync(reply, client, stop).ConfigureAwait(false);
    }
}
