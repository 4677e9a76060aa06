using System.Net;
using MailAdmin.Interop.Servers;
using MailAdmin.Interop.Storage;

namespace MailAdmin.Interop.Dns;

/// <summary>Knot, BIND and Unbound on loopback with the same zones, started once for all tests.</summary>
public sealed class DnsServers : IAsyncLifetime
{
    /// <summary>A zone that Unbound is to ask Knot for, which does not have it.</summary>
    public const string Lame = "lame.test";

    private static readonly string? Missing = new[]
    {
        "/usr/sbin/knotd", "/usr/sbin/named", "/usr/sbin/unbound", "/usr/bin/dig",
        "/usr/bin/dnssec-keygen", "/usr/bin/dnssec-signzone",
    }.Select(Prerequisite.RootAnd).FirstOrDefault(reason => reason is not null);

    private readonly TestDirectory _directory = new("dns");
    private readonly List<ServerProcess> _processes = [];
    private readonly Dictionary<DnsServerKind, IPEndPoint> _endPoints = Enum.GetValues<DnsServerKind>()
        .ToDictionary(kind => kind, _ => new IPEndPoint(IPAddress.Loopback, LoopbackPorts.Find()));

    /// <summary>Where a server listens. Skips the test, with the reason, when the servers cannot run here.</summary>
    public IPEndPoint Require(DnsServerKind kind)
    {
        Skip.If(Missing is not null, Missing);
        return _endPoints[kind];
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (Missing is null)
        {
            var zones = new DnsZones(_directory);
            await zones.WriteAsync();
            var port = _endPoints.ToDictionary(one => one.Key, one => one.Value.Port);
            var knot = DnsConfiguration.Knot(_directory.Subdirectory("knot"), port[DnsServerKind.Knot], zones);
            var bind = DnsConfiguration.Bind(_directory.Subdirectory("bind"), port[DnsServerKind.Bind], zones);
            var anchors = _directory.Write("anchors", zones.TrustAnchors);
            var unbound = DnsConfiguration.Unbound(
                _directory.Path, port[DnsServerKind.Unbound], port[DnsServerKind.Knot], anchors);
            await StartAsync(DnsServerKind.Knot, "/usr/sbin/knotd", "-c", _directory.Write("knot.conf", knot));
            await StartAsync(DnsServerKind.Bind, "/usr/sbin/named", "-g", "-c", _directory.Write("named.conf", bind));
            await StartAsync(
                DnsServerKind.Unbound, "/usr/sbin/unbound", "-d", "-c", _directory.Write("unbound.conf", unbound));
        }
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        _directory.Dispose();
    }

    private Task StartAsync(DnsServerKind kind, params string[] command)
    {
        var process = ServerProcess.Start(command);
        _processes.Add(process);
        return process.WaitUntilListeningAsync(_endPoints[kind].Port);
    }
}
