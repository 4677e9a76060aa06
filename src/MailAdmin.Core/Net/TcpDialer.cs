using System.Net;
using System.Net.Sockets;

namespace MailAdmin.Net;

/// <summary>The real network.</summary>
/// <param name="resolver">Looks up host names; null for the system's resolver.</param>
/// <param name="time">The clock; null for the system's.</param>
public sealed class TcpDialer(HostResolver? resolver = null, TimeProvider? time = null) : IDialer
{
    private readonly HostResolver _resolver = resolver ?? Dns.GetHostAddressesAsync;
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <inheritdoc/>
    public async Task<Connection> DialAsync(
        string host, int port, DialOptions options, ITranscript? transcript, CancellationToken cancellationToken)
    {
        var addresses = await _resolver(host, cancellationToken).ConfigureAwait(false);
        var socket = new Socket(addresses[0].AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(addresses[0], port), cancellationToken).ConfigureAwait(false);
        return Connection.FromSocket(socket, host, transcript, _time);
    }
}
