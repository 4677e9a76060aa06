using System.Globalization;
using MailAdmin.Benchmarks.Wire;
using MailAdmin.Queueing.Distribution;

namespace MailAdmin.Benchmarks.Queueing;

/// <summary>
/// Has a distributor send what waits in a store to smtp-sink, in turn with sending the same messages there directly,
/// over as many connections.
/// </summary>
internal static class DistributorBenchmark
{
    private const int Messages = 20_000;

    private static readonly int[] Connections = [1, 4];

    private static readonly string[] Columns =
    [
        "connections", "distributor msg/s", "direct msg/s", "ratio", "CPU us/msg", "direct CPU us/msg",
        "allocated/msg", "queued/s",
    ];

    /// <summary>Measures.</summary>
    /// <param name="rounds">How many rounds; a first one warms up.</param>
    /// <param name="root">On which disk the stores are; null for that of temporary files.</param>
    public static async Task<int> RunAsync(int rounds, string? root)
    {
        Console.WriteLine($"""
            {rounds} interleaved rounds of {Messages:N0} messages of 1.2 KB, medians; sink: smtp-sink on loopback

            | {string.Join(" | ", Columns)} |
            |---:|---:|---:|---:|---:|---:|---:|---:|
            """);
        foreach (var connections in Connections)
        {
            Console.WriteLine(await MeasureAsync(connections, rounds, root ?? Path.GetTempPath()));
        }

        return 0;
    }

    private static async Task<string> MeasureAsync(int connections, int rounds, string root)
    {
        var scenario = new WireScenario("1.2 KB", 1_200, 1, Messages, false) { Connections = connections };
        var options = new DistributorOptions { Connections = connections };
        await using var sink = await SmtpSink.StartAsync();
        var (queued, distributed, direct) = (new List<WireFigures>(), new List<WireFigures>(), new List<WireFigures>());
        for (var round = 0; round <= rounds; round++)
        {
            await using var queue = await FilledQueue.OpenAsync(root);
            queued.Add(await WireFigures.MeasureAsync(Messages, () => queue.FillAsync(scenario, sink.Port)));
            distributed.Add(await WireFigures.MeasureAsync(Messages, () => queue.DistributeAsync(options, Messages)));
            direct.Add(await OwnSender.RunAsync(scenario, sink.Port));
        }

        var (queue1, own, plain) = (Median(queued), Median(distributed), Median(direct));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {connections} | {own.MessagesPerSecond:N0} | {plain.MessagesPerSecond:N0} | " +
            $"{own.MessagesPerSecond / plain.MessagesPerSecond:N2} | " +
            $"{own.CpuMicroseconds:N0} | {plain.CpuMicroseconds:N0} | " +
            $"{own.AllocatedOctets / 1024:N1} KB | {queue1.MessagesPerSecond:N0} |");
    }

    // The first round warms up.
    private static WireFigures Median(List<WireFigures> rounds) => WireFigures.Median(rounds[1..]);
}
