using System.Net;
using System.Net.Sockets;
using MailAdmin.Dns.Wire;

namespace MailAdmin.Dns.Transport;

/// <summary>
/// A UDP socket at a random port, connected to one server, so the system drops what comes from elsewhere.
/// <para>
/// A fresh port for each query would be the safest (RFC 5452 §9.2), but a socket costs about as much as the query
/// itself. Here each socket serves one query at a time, 32 at the most and for ten seconds at the most, and is taken
/// from its pool by chance. Someone who cannot see the traffic still has to guess ID and port within the life of one
/// query, and a port that they found out is gone soon. A socket whose query was not answered is not used again, so no
/// reply to it can meet the next.
/// </para>
/// </summary>
internal sealed class UdpChannel : IChannel
{
    private const int MaxUses = 32;
    private const int LowestPort = 16_384;
    private const int PortTries = 8;

    // Replies have at most DnsQuery.UdpPayload octets; room for servers that do not keep to it.
    public const int BufferOctets = 4096;

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[BufferOctets];
    private readonly Deadline _deadline;
    private readonly TimeProvider _time;
    private readonly long _created;
    private int _uses;
    private bool _isSpent;

    /// <summary>Opens the socket.</summary>
    /// <exception cref="SocketException">There is no way to the server.</exception>
    public UdpChannel(IPEndPoint server, DnsRandom random, TimeProvider time)
    {
        _socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            BindToRandomPort(server.AddressFamily, random);
            _socket.Connect(server);
        }
        catch (SocketException)
        {
            _socket.Dispose();
            throw;
        }

        _time = time;
        _created = time.GetTimestamp();
        _deadline = new Deadline(time);
    }

    /// <inheritdoc/>
    public bool IsReusable => !_isSpent && _uses < MaxUses && _time.GetElapsedTime(_created) < MaxAge;

    /// <summary>Sends the query and waits for its reply; whatever else comes is passed over.</summary>
    /// <returns>The reply, good until the next query; it is cut off when it fills the buffer.</returns>
    /// <exception cref="SocketException">The server cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">No reply came in time, or the caller gave up.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(
        DnsQuery query,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        _uses++;
        _isSpent = true;
        _deadline.Start(timeout, cancellationToken);
        await _socket.SendAsync(query.Octets, SocketFlags.None, _deadline.Token).ConfigureAwait(false);
        int length;
        do
        {
            length = await ReceiveAsync().ConfigureAwait(false);
        }
        while (!query.IsAnsweredBy(_buffer.AsSpan(0, length)));

        _isSpent = !_deadline.TryStop();
        return _buffer.AsMemory(0, length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _deadline.Dispose();
    }

    private async ValueTask<int> ReceiveAsync()
    {
        try
        {
            return await _socket.ReceiveAsync(_buffer, SocketFlags.None, _deadline.Token).ConfigureAwait(false);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.MessageSize)
        {
            // Windows reports what other systems do in silence: the datagram was cut off to the buffer.
            return _buffer.Length;
        }
    }

    // Not every system chooses ports by chance, so they are chosen here; a port may be taken or reserved.
    private void BindToRandomPort(AddressFamily family, DnsRandom random)
    {
        var any = family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
        for (var tries = 0; tries < PortTries; tries++)
        {
            try
            {
                _socket.Bind(new IPEndPoint(any, LowestPort + random.Below(ushort.MaxValue + 1 - LowestPort)));
                return;
            }
            catch (SocketException e)
                when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Another one, then.
            }
        }

        _socket.Bind(new IPEndPoint(any, 0));
    }
}
