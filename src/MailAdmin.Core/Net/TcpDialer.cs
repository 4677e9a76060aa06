using System.Net;
using System.Net.Sockets;

namespace MailAdmin.Net;

/// <summary>
/// The real network: looks up a host's addresses and races them (RFC 8305), or goes through a proxy. Every address
/// that failed is named in the failure, with its reason.
/// </summary>
public sealed class TcpDialer : IDialer
{
    private static readonly TimeSpan DefaultStagger = TimeSpan.FromMilliseconds(250);

    private readonly HostResolver _resolver;
    private readonly TimeProvider _time;
    private readonly TimeSpan _stagger;

    /// <summary>Creates the dialer.</summary>
    /// <param name="resolver">Looks up host names; null for the system's resolver.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="stagger">How long each address is tried alone; null for 250 ms (RFC 8305 §8).</param>
    public TcpDialer(HostResolver? resolver = null, TimeProvider? time = null, TimeSpan? stagger = null)
    {
        _resolver = resolver ?? System.Net.Dns.GetHostAddressesAsync;
        _time = time ?? TimeProvider.System;
        _stagger = stagger ?? DefaultStagger;
    }

    /// <inheritdoc/>
    /// <exception cref="DialOptionsException">The host, the port or the options cannot be used.</exception>
    public async Task<Connection> DialAsync(
        string host, int port, DialOptions options, ITranscript? transcript, CancellationToken cancellationToken)
    {
        var target = DialTarget.Check(host, port);
        var proxy = options.Proxy is null ? null : ProxyTunnel.Complete(options.Proxy);
        using var limit = new CancellationTokenSource(options.ConnectTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var socket = proxy is null
                ? await ConnectAsync(target, options, transcript, both.Token).ConfigureAwait(false)
                : await ConnectThroughAsync(proxy, target, options, transcript, both.Token).ConfigureAwait(false);
            transcript?.Note($"connected to {socket.RemoteEndPoint} from {socket.LocalEndPoint}");
            return Connection.FromSocket(socket, target.Host, transcript, _time);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (ConnectException e)
        {
            transcript?.Note(e.Message);
            throw;
        }
    }

    private async Task<Socket> ConnectThroughAsync(
        Uri proxy, DialTarget target, DialOptions options, ITranscript? transcript, CancellationToken cancellationToken)
    {
        Socket socket;
        try
        {
            var gateway = DialTarget.Check(proxy.Host, proxy.Port);
            socket = await ConnectAsync(gateway, options, transcript, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectException e)
        {
            throw ProxyFault.Unreachable(proxy, e);
        }

        try
        {
            var stream = new NetworkStream(socket, ownsSocket: false);
            await using (stream.ConfigureAwait(false))
            {
                await ProxyTunnel.EstablishAsync(stream, proxy, target.Host, target.Port, cancellationToken)
                    .ConfigureAwait(false);
            }

            transcript?.Note($"the proxy {proxy.Host}:{proxy.Port} connects to {target.Host}:{target.Port}");
            return socket;
        }
        catch (OperationCanceledException e)
        {
            socket.Dispose();
            throw ProxyFault.BrokeOff(proxy, "it did not answer in time", e);
        }
        catch (MailException)
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<Socket> ConnectAsync(
        DialTarget target, DialOptions options, ITranscript? transcript, CancellationToken cancellationToken)
    {
        var endPoints = await FindEndPointsAsync(target, options, cancellationToken).ConfigureAwait(false);
        var race = new AddressRace<Socket>(
            (endPoint, token) => ConnectAsync(endPoint, options.SourceAddress, token), _stagger, _time);
        var result = await race.RunAsync(endPoints, cancellationToken).ConfigureAwait(false);
        var attempts = result.Failures.Select(f => ConnectFault.Describe(f.EndPoint, f.Cause)).ToArray();
        if (result.Winner is { } socket)
        {
            foreach (var attempt in attempts)
            {
                transcript?.Note($"{attempt.EndPoint}: {attempt.Reason}");
            }

            return socket;
        }

        throw ConnectFault.FromAttempts(
            $"{target.Host}:{target.Port}", target.Port, options.ConnectTimeout, attempts, result.Failures[^1].Cause);
    }

    private async Task<IReadOnlyList<IPEndPoint>> FindEndPointsAsync(
        DialTarget target, DialOptions options, CancellationToken cancellationToken)
    {
        var found = target.Address is { } address
            ? [address]
            : await LookUpAsync(target.Host, options.ConnectTimeout, cancellationToken).ConfigureAwait(false);
        var family = options.AddressFamily;
        var sourceFamily = options.SourceAddress?.AddressFamily;
        var usable = found
            .Where(a => family == AddressFamily.Unspecified || family == a.AddressFamily)
            .Where(a => sourceFamily is null || sourceFamily == a.AddressFamily)
            .Where(a => options.Proxy is not null || !options.ExceptAddresses.Contains(a))
            .Distinct()
            .ToArray();
        return usable.Length > 0
            ? [.. AddressOrder.Interleave(usable).Select(a => new IPEndPoint(a, target.Port))]
            : throw ConnectFault.NoAddress(
                target.Host,
                found.Length == 0
                    ? "no IP address"
                    : $"no address of the IP version that was demanded, only {string.Join<IPAddress>(", ", found)}");
    }

    private async Task<IPAddress[]> LookUpAsync(string host, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            // The system's resolver goes on by itself when it is cancelled.
            return await _resolver(host, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw ConnectFault.FromLookup(host, e);
        }
        catch (OperationCanceledException)
        {
            throw ConnectFault.LookupTimedOut(host, timeout);
        }
    }

    private static async Task<Socket> ConnectAsync(
        IPEndPoint endPoint, IPAddress? source, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (source is not null)
            {
                socket.Bind(new IPEndPoint(source, 0));
            }

            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
