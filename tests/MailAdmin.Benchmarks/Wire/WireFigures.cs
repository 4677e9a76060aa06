using System.Diagnostics;

namespace MailAdmin.Benchmarks.Wire;

/// <summary>What one round of one sender cost.</summary>
/// <param name="MessagesPerSecond">By wall time.</param>
/// <param name="CpuMicroseconds">User and system time of the sender for each message.</param>
/// <param name="AllocatedOctets">Managed allocation for each message; 0 for a sender in C.</param>
internal sealed record WireFigures(double MessagesPerSecond, double CpuMicroseconds, double AllocatedOctets)
{
    public static WireFigures Median(IReadOnlyCollection<WireFigures> rounds) => new(
        Middle(rounds.Select(f => f.MessagesPerSecond)),
        Middle(rounds.Select(f => f.CpuMicroseconds)),
        Middle(rounds.Select(f => f.AllocatedOctets)));

    /// <summary>Does a work and says what it cost this process for each message.</summary>
    public static async Task<WireFigures> MeasureAsync(int messages, Func<Task> work)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        using var self = Process.GetCurrentProcess();
        var cpu = self.TotalProcessorTime;
        var clock = Stopwatch.StartNew();

        await work();

        var wall = clock.Elapsed;
        self.Refresh();
        return new WireFigures(
            messages / wall.TotalSeconds,
            (self.TotalProcessorTime - cpu).TotalMicroseconds / messages,
            (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / messages);
    }

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
