using System.Net;
using System.Net.Sockets;

namespace MailAdmin.Dns.Server;

/// <summary>
/// A DNS server on the loopback interface for tests and rehearsals, at a free port that is the same for UDP and TCP.
/// It answers from its zone as a resolver would that knows nothing else, or with the faults that it is told.
/// </summary>
public sealed class DnsTestServer : IAsyncDisposable
{
    private const int PortTries = 50;

    private readonly Socket _udp;
    private readonly TcpListener _tcp;
    private readonly QueryDesk _desk;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private DnsTestServer(Socket udp, TcpListener tcp, QueryDesk desk)
    {
        (_udp, _tcp, _desk) = (udp, tcp, desk);
        EndPoint = (IPEndPoint)udp.LocalEndPoint!;
        _running = Task.WhenAll(
            new UdpService(udp, desk, _stop.Token).RunAsync(),
            new TcpService(tcp, desk, _stop.Token).RunAsync());
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>True when it says of its answers that DNSSEC proves them (AD bit).</summary>
    public bool AuthenticatesData
    {
        get => _desk.AuthenticatesData;
        set => _desk.AuthenticatesData = value;
    }

    /// <summary>The queries so far, those that met a fault among them.</summary>
    public IReadOnlyList<DnsTestQuery> Queries => _desk.Queries;

    /// <summary>Starts one.</summary>
    /// <param name="zone">What it knows.</param>
    /// <param name="time">The clock for delays; null for the system's.</param>
    /// <exception cref="SocketException">No port could be had.</exception>
    public static DnsTestServer Start(DnsTestZone zone, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(zone);
        for (var tries = 1; ; tries++)
        {
            var tcp = new TcpListener(IPAddress.Loopback, 0);
            var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                tcp.Start();
                udp.Bind(tcp.LocalEndpoint);
                return new DnsTestServer(udp, tcp, new QueryDesk(zone, time ?? TimeProvider.System));
            }
            catch (SocketException) when (tries < PortTries)
            {
                // The port that TCP got is taken for UDP: another one.
                tcp.Stop();
                udp.Dispose();
            }
        }
    }

    /// <summary>Adds a fault; the first that fits a query happens.</summary>
    public void Add(DnsFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        _desk.Faults.Add(fault);
    }

    /// <summary>Ends all faults.</summary>
    public void ClearFaults() => _desk.Faults.Clear();

    /// <summary>Stops; answers that are still to be given are not.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _udp.Dispose();
        _tcp.Stop();
        _stop.Dispose();
    }
}
