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

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
