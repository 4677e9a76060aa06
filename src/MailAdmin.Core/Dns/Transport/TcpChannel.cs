using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using MailAdmin.Dns.Wire;

namespace MailAdmin.Dns.Transport;

/// <summary>A TCP connection to one server; each message has its length in front (RFC 1035 §4.2.2).</summary>
internal sealed class TcpChannel : IChannel
{
    // Servers end idle connections after some seconds (RFC 7766 section 6.2.3); a shorter life meets that less often.
    private static readonly TimeSpan MaxIdle = TimeSpan.FromSeconds(5);

    private readonly Socket _socket;
    private readonly IPEndPoint _server;
    private readonly Deadline _deadline;
    private readonly TimeProvider _time;
    private long _lastUse;
    private bool _isSpent;

    /// <summary>Prepares the connection; the first query opens it.</summary>
    public TcpChannel(IPEndPoint server, TimeProvider time)
    {
        _server = server;
        _time = time;
        _socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _deadline = new Deadline(time);
    }

    /// <summary>True when it has served before, so the server may have ended it meanwhile.</summary>
    public bool IsUsed { get; private set; }

    /// <inheritdoc/>
    public bool IsReusable => !_isSpent && _time.GetElapsedTime(_lastUse) < MaxIdle;

    /// <summary>Sends the query and reads its reply.</summary>
    /// <returns>The reply; empty when the server sent something else.</returns>
    /// <exception cref="SocketException">The server cannot be reached or ended the connection.</exception>
    /// <exception cref="OperationCanceledException">No reply came in time, or the caller gave up.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(
        DnsQuery query,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        _isSpent = true;
        _deadline.Start(timeout, cancellationToken);
        if (!_socket.Connected)
        {
            await _socket.ConnectAsync(_server, _deadline.Token).ConfigureAwait(false);
        }

        await SendAsync(query.Octets).ConfigureAwait(false);
        var length = new byte[2];
        await ReceiveAsync(length).ConfigureAwait(false);
        var reply = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await ReceiveAsync(reply).ConfigureAwait(false);
        var isAnswer = query.IsAnsweredBy(reply);
        _isSpent = !_deadline.TryStop() || !isAnswer;
        _lastUse = _time.GetTimestamp();
        IsUsed = true;
        return isAnswer ? reply : default;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _deadline.Dispose();
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> message)
    {
        var frame = new byte[message.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)message.Length);
        message.CopyTo(frame.AsMemory(2));
        for (ReadOnlyMemory<byte> rest = frame; !rest.IsEmpty;)
        {
            rest = rest[await _socket.SendAsync(rest, SocketFlags.None, _deadline.Token).ConfigureAwait(false)..];
        }
    }

    private async ValueTask ReceiveAsync(Memory<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = await _socket.ReceiveAsync(buffer, SocketFlags.None, _deadline.Token).ConfigureAwait(false);
            if (count == 0)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }

            buffer = buffer[count..];
        }
    }
}
