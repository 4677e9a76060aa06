using System.Diagnostics;
using System.Globalization;

namespace MailAdmin.Benchmarks.Wire;

/// <summary>Postfix's smtp-source, the load generator in C that the figures are compared with.</summary>
internal static class SmtpSource
{
    public static async Task<WireFigures> RunAsync(WireScenario scenario, int port)
    {
        var keep = scenario.NewConnectionEach ? "" : "-d ";
        var command = string.Create(
            CultureInfo.InvariantCulture,
            $"{PostfixTools.Find("smtp-source")} {keep}-s {scenario.Connections} -m {scenario.Messages} " +
            $"-r {scenario.Recipients} -l {scenario.Octets} 127.0.0.1:{port}");

        // The shell measures, as the times of a process that has ended are out of reach here.
        var start = new ProcessStartInfo("bash", ["-c", $"TIMEFORMAT='%R %U %S'; time {command}"])
        {
            RedirectStandardError = true,
        };
        using var shell = Process.Start(start)!;
        var output = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        if (shell.ExitCode != 0)
        {
            throw new InvalidOperationException($"smtp-source failed: {output}");
        }

        var times = output.Trim().Split('\n')[^1].Split(' ')
            .Select(t => double.Parse(t, CultureInfo.InvariantCulture))
            .ToArray();
        return new WireFigures(scenario.Messages / times[0], (times[1] + times[2]) * 1e6 / scenario.Messages, 0);
    }
}
