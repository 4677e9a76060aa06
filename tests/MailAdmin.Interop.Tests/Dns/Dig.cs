using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using MailAdmin.Interop.Tools;

namespace MailAdmin.Interop.Dns;

/// <summary>BIND's <c>dig</c>, whose answers are the measure.</summary>
internal static partial class Dig
{
    public static async Task<DigAnswer> AskAsync(IPEndPoint server, string name, string type)
    {
        var result = await new ExternalTool("dig").RunAsync(
            $"@{server.Address}", "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-q", name, "-t", type,
            "+noall", "+comments", "+answer", "+nosplit", "+noidnin", "+noidnout", "+time=30", "+tries=2");
        return Read(result.EnsureSuccess().Output);
    }

    private static DigAnswer Read(string output)
    {
        var lines = output.Split('\n').Where(line => line.Length > 0).ToArray();
        return new DigAnswer(
            Status().Match(output).Groups[1].Value,
            Flags().Match(output).Groups[1].Value.Split(' ').Contains("ad"),
            output.Contains("retrying in TCP mode", StringComparison.Ordinal),
            [.. ExtendedError().Matches(output).Select(match => match.Groups[1].Value)],
            [.. lines.Where(line => line[0] != ';').Select(Normalise)]);
    }

    // Columns are filled with tabs and blanks; a semicolon within a string is escaped, which it need not be.
    private static string Normalise(string line)
    {
        var columns = line.Split(['\t', ' '], 5, StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', columns).Replace("\\;", ";", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"status: (\w+)")]
    private static partial Regex Status();

    [GeneratedRegex(@"flags: ([a-z ]*);")]
    private static partial Regex Flags();

    [GeneratedRegex(@"; EDE: (\d+)")]
    private static partial Regex ExtendedError();
}
