using System.Diagnostics;
using System.Globalization;
using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.DomainChecks;
using MailAdmin.DomainChecks.MtaSts;

namespace MailAdmin.Benchmarks.Dns;

/// <summary>
/// Look-ups against a Knot of its own, one at a time and 100 in flight, without the cache, in turn with dnsperf; then
/// the check of 500 domains. dnsperf pauses between questions that are not in flight together, so it is left out of
/// one.
/// </summary>
internal static class DnsBenchmark
{
    private const int Domains = 5_000;
    private const int Lookups = 40_000;
    private const int Checked = 500;
    private const int Seconds = 2;

    public static async Task<int> RunAsync(int rounds)
    {
        await using var server = await KnotServer.StartAsync(Domains);
        Console.WriteLine($"""
            {rounds} interleaved rounds, medians; one Knot with one worker on loopback, no cache

            | work | look-ups/s | dnsperf look-ups/s | CPU us/look-up | allocated/look-up |
            |---|---:|---:|---:|---:|
            """);
        foreach (var inFlight in new[] { 1, 100 })
        {
            Console.WriteLine(await LookUpAsync(server, inFlight, rounds));
        }

        await CheckDomainsAsync(server);
        return 0;
    }

    private static async Task<string> LookUpAsync(KnotServer server, int inFlight, int rounds)
    {
        using var client = Client(server);
        await AskAsync(client, inFlight, Lookups / 4);
        List<double> rates = [], theirs = [], cpu = [], allocated = [];
        for (var round = 0; round < rounds; round++)
        {
            var (before, octets) = (Process.GetCurrentProcess().TotalProcessorTime, GC.GetTotalAllocatedBytes());
            var clock = Stopwatch.StartNew();
            await AskAsync(client, inFlight, Lookups);
            rates.Add(Lookups / clock.Elapsed.TotalSeconds);
            cpu.Add((Process.GetCurrentProcess().TotalProcessorTime - before).TotalMicroseconds / Lookups);
            allocated.Add((GC.GetTotalAllocatedBytes() - octets) / (double)Lookups);
            if (inFlight > 1 && await DnsPerf.RunAsync(server.EndPoint, Domains, inFlight, Seconds) is { } rate)
            {
                theirs.Add(rate);
            }
        }

        var ofDnsPerf = theirs.Count == 0 ? "-" : Middle(theirs).ToString("N0", CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {inFlight} in flight | {Middle(rates):N0} | {ofDnsPerf} | {Middle(cpu):N1} | " +
            $"{Middle(allocated) / 1024:N1} KB |");
    }

    private static async Task AskAsync(DnsClient client, int inFlight, int count)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
            {
                var answer = await client.QueryAsync(KnotServer.Domain(i % Domains), DnsRecordType.MX, default);
                if (answer.Outcome != DnsOutcome.Success)
                {
                    throw new InvalidOperationException($"{answer.Name}: {answer.Outcome}");
                }
            }
        }));
    }

    private static async Task CheckDomainsAsync(KnotServer server)
    {
        using var client = new DnsClient(new DnsClientOptions { Servers = [server.EndPoint] });
        using var policies = HttpsPolicySource.Through(client);
        var areas = Enum.GetValues<CheckArea>().Except([CheckArea.Dnsbl]).ToArray();
        var check = new MailDomainCheck(client, policies, new MailDomainCheckOptions { Areas = areas });
        var domains = Enumerable.Range(0, Checked).Select(i => DomainName.Parse(KnotServer.Domain(i))).ToArray();
        var (threads, reports, findings) = (0, 0, 0);
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        await foreach (var report in check.CheckManyAsync(domains, default))
        {
            reports++;
            findings += report.Findings.Count;
            threads = Math.Max(threads, Process.GetCurrentProcess().Threads.Count);
        }

        var elapsed = clock.Elapsed;
        var cpu = (Process.GetCurrentProcess().TotalProcessorTime - before) / Checked;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

            {reports} domains checked in {elapsed.TotalSeconds:N2} s, 16 at once: {reports / elapsed.TotalSeconds:N0} a
            second, {cpu.TotalMilliseconds:N2} ms of CPU each, {findings} findings, at most {threads} threads in the
            process
            """));
    }

    private static DnsClient Client(KnotServer server) => new(new DnsClientOptions
    {
        Servers = [server.EndPoint], CacheOctets = 0, MaxInFlight = 100,
    });

    private static double Middle(List<double> values)
    {
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
