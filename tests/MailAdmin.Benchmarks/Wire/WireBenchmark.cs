using System.Globalization;

namespace MailAdmin.Benchmarks.Wire;

/// <summary>
/// Sends through one smtp-sink, in turn with smtp-source, and prints the medians. Compare the ratios: rates drift from
/// machine to machine and from minute to minute.
/// </summary>
internal static class WireBenchmark
{
    private static readonly string[] Columns =
    [
        "work", "msg/s", "smtp-source msg/s", "ratio", "CPU us/msg", "smtp-source CPU us/msg", "allocated/msg",
        "round trips/msg",
    ];

    public static async Task<int> RunAsync(int rounds)
    {
        Console.WriteLine($"""
            {rounds} interleaved rounds, medians; sink: Postfix's smtp-sink on loopback

            | {string.Join(" | ", Columns)} |
            |---|---:|---:|---:|---:|---:|---:|---:|
            """);
        foreach (var scenario in WireScenario.All)
        {
            Console.WriteLine(await MeasureAsync(scenario, rounds));
        }

        return 0;
    }

    private static async Task<string> MeasureAsync(WireScenario scenario, int rounds)
    {
        await using var sink = await SmtpSink.StartAsync();
        var turns = await OwnSender.RoundTripsAsync(scenario, sink.Port);
        await OwnSender.RunAsync(scenario with { Messages = Math.Max(1, scenario.Messages / 4) }, sink.Port);

        var own = new List<WireFigures>();
        var source = new List<WireFigures>();
        for (var round = 0; round < rounds; round++)
        {
            own.Add(await OwnSender.RunAsync(scenario, sink.Port));
            source.Add(await SmtpSource.RunAsync(scenario, sink.Port));
        }

        var (mine, theirs) = (WireFigures.Median(own), WireFigures.Median(source));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {scenario.Name} | {mine.MessagesPerSecond:N0} | {theirs.MessagesPerSecond:N0} | " +
            $"{mine.MessagesPerSecond / theirs.MessagesPerSecond:N2} | " +
            $"{mine.CpuMicroseconds:N0} | {theirs.CpuMicroseconds:N0} | " +
            $"{mine.AllocatedOctets / 1024:N1} KB | {turns:N2} |");
    }
}
