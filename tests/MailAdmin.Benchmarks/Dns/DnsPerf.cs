using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace MailAdmin.Benchmarks.Dns;

/// <summary>The load generator of DNS-OARC, in C: how fast one could ask.</summary>
internal static partial class DnsPerf
{
    private const string Program = "/usr/bin/dnsperf";

    /// <returns>Answers in a second; null when it is not installed.</returns>
    public static async Task<double?> RunAsync(IPEndPoint server, int domains, int inFlight, int seconds)
    {
        if (!File.Exists(Program))
        {
            return null;
        }

        var questions = Path.GetTempFileName();
        await File.WriteAllLinesAsync(
            questions, Enumerable.Range(0, domains).Select(i => $"{KnotServer.Domain(i)} MX"));
        using var process = Process.Start(new ProcessStartInfo(
            Program,
            [
                "-s", $"{server.Address}", "-p", $"{server.Port}", "-d", questions, "-c", "1", "-T", "1",
                "-q", $"{inFlight}", "-l", $"{seconds}",
            ])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        File.Delete(questions);
        return double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Queries per second:\s+([\d.]+)")]
    private static partial Regex Rate();
}
