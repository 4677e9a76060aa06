using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace MailAdmin.Dns.Server;

/// <summary>The server's TCP side: any number of queries in one connection (RFC 7766).</summary>
internal sealed class TcpService(TcpListener listener, QueryDesk desk, CancellationToken stop)
{
    private readonly OpenWork _work = new();

    /// <summary>Answers until the server stops.</summary>
    public async Task RunAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(stop).ConfigureAwait(false);
                _work.Start(() => ServeAsync(client));
            }
            catch (SocketException)
            {
                // That client is gone already.
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        await _work.EndAsync().ConfigureAwait(false);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                var peer = (IPEndPoint)client.Client.RemoteEndPoint!;
                await AnswerAllAsync(client.GetStream(), peer).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // The client is gone, or the server is stopping.
            }
        }
    }

    private async Task AnswerAllAsync(NetworkStream stream, IPEndPoint client)
    {
        var length = new byte[2];
        while (true)
        {
            await stream.ReadExactlyAsync(length, stop).ConfigureAwait(false);
            var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            await stream.ReadExactlyAsync(message, stop).ConfigureAwait(false);
            var replies = await desk.AnswerAsync(message, client, usedTcp: true, stop).ConfigureAwait(false);
            if (replies is not [.., var reply])
            {
                return;
            }

            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)reply.Length);
            await stream.WriteAsync((byte[])[.. length, .. reply], stop).ConfigureAwait(false);
        }
    }
}
