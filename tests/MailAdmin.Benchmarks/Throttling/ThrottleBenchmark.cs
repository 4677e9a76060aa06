using System.Diagnostics;
using System.Globalization;
using MailAdmin.Storage;

namespace MailAdmin.Benchmarks.Throttling;

/// <summary>
/// How often a limit is asked and told of the outcome in one store, and how long each answer takes: by one process and
/// by four, one or eight at a time in each. The limit is far away, so that nobody waits for it.
/// </summary>
internal static class ThrottleBenchmark
{
    private const int Seconds = 4;

    /// <summary>Measures.</summary>
    /// <param name="root">On which disk the store is; null for that of temporary files.</param>
    public static async Task<int> RunAsync(string? root)
    {
        Console.WriteLine("| processes | at a time in each | permits/s | median ms | 99 of 100 within ms |");
        Console.WriteLine("|---:|---:|---:|---:|---:|");
        foreach (var (processes, atOnce) in new[] { (1, 1), (1, 8), (4, 1), (4, 8) })
        {
            var folder = Directory.CreateDirectory(
                Path.Combine(root ?? Path.GetTempPath(), $"mailadmin-bench-{Guid.NewGuid():N}"));
            try
            {
                Console.WriteLine(await MeasureAsync(Path.Combine(folder.FullName, "store.db"), processes, atOnce));
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        return 0;
    }

    private static async Task<string> MeasureAsync(string path, int processes, int atOnce)
    {
        await ThrottleAsker.SetLimitAsync(path);
        var asked = await Task.WhenAll(Enumerable.Range(0, processes).Select(_ => AskAsync(path, atOnce)));
        var all = asked.SelectMany(times => times).Order().ToArray();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {processes} | {atOnce} | {all.Length / (double)Seconds:N0} | " +
            $"{all[all.Length / 2]:F2} | {all[all.Length * 99 / 100]:F2} |");
    }

    private static async Task<double[]> AskAsync(string path, int atOnce)
    {
        string[] arguments = ["throttle-process", path, $"{atOnce}", $"{Seconds}"];
        using var process = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? [
                .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => double.Parse(line, CultureInfo.InvariantCulture)),
            ]
            : throw new InvalidOperationException($"A process ended with {process.ExitCode}.");
    }
}
