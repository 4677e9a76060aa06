using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MailAdmin.Dns;

namespace MailAdmin.Benchmarks.Dns;

/// <summary>Knot on loopback with one zone of many domains; each has all that a domain check asks for.</summary>
internal sealed class KnotServer : IAsyncDisposable
{
    public const string Zone = "bench.test";

    private const string Program = "/usr/sbin/knotd";
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly string _folder;

    private KnotServer(Process process, string folder, IPEndPoint endPoint) =>
        (_process, _folder, EndPoint) = (process, folder, endPoint);

    public IPEndPoint EndPoint { get; }

    public static string Domain(int index) => FormattableString.Invariant($"d{index}.{Zone}");

    public static async Task<KnotServer> StartAsync(int domains)
    {
        if (!File.Exists(Program))
        {
            throw new FileNotFoundException("knotd is not installed; Debian's package knot brings it.");
        }

        var folder = Directory.CreateTempSubdirectory("mailadmin-bench").FullName;
        var endPoint = new IPEndPoint(IPAddress.Loopback, FreePort());
        await File.WriteAllLinesAsync(Path.Combine(folder, "zone"), Records(domains));
        await File.WriteAllTextAsync(Path.Combine(folder, "knot.conf"), Configuration(folder, endPoint.Port));
        var process = Process.Start(Program, ["-c", Path.Combine(folder, "knot.conf")]);
        var server = new KnotServer(process, folder, endPoint);
        await server.WaitUntilItAnswersAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static IEnumerable<string> Records(int domains) =>
        Enumerable.Range(0, domains).SelectMany(i => new[]
        {
            $"d{i} IN MX 10 mx.d{i}",
            $"mx.d{i} IN A 192.0.2.{1 + (i % 250)}",
            $"d{i} IN TXT \"v=spf1 mx ip4:198.51.100.0/24 include:_spf -all\"",
            $"_dmarc.d{i} IN TXT \"v=DMARC1; p=reject; rua=mailto:dmarc@d{i}.{Zone}\"",
            $"_smtp._tls.d{i} IN TXT \"v=TLSRPTv1; rua=mailto:tls@d{i}.{Zone}\"",
        }).Prepend("""
            $ORIGIN bench.test.
            $TTL 3600
            @ IN SOA ns hostmaster 1 7200 900 1209600 300
            @ IN NS ns
            ns IN A 127.0.0.1
            _spf IN TXT "v=spf1 ip4:203.0.113.0/24 ~all"
            """);

    private static string Configuration(string folder, int port) => $"""
        server:
            rundir: "{folder}"
            listen: 127.0.0.1@{port}
            udp-workers: 1
            tcp-workers: 1
            background-workers: 1
        database:
            storage: "{folder}"
        log:
          - target: stderr
            any: error
        template:
          - id: default
            journal-content: none
            zonefile-sync: -1
        zone:
          - domain: {Zone}
            file: "{folder}/zone"

        """;

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task WaitUntilItAnswersAsync()
    {
        using var client = new DnsClient(new DnsClientOptions
        {
            Servers = [EndPoint], Timeout = TimeSpan.FromMilliseconds(200), Attempts = 1, CacheOctets = 0,
        });
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < StartTime && !_process.HasExited)
        {
            if ((await client.QueryAsync(Domain(0), DnsRecordType.MX, default)).Outcome == DnsOutcome.Success)
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException("knotd does not answer.");
    }
}
