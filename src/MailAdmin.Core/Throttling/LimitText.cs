using System.Globalization;
using System.Text.RegularExpressions;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Throttling;

/// <summary>
/// Limits as people write them: <c>30/minute</c>, <c>10,000 recipients/day</c>, <c>100 messages per 90 seconds</c>. A
/// count of 0 stands for no limit.
/// </summary>
public static partial class LimitText
{
    private const int Minute = 60;
    private const int Hour = 3600;
    private const int Day = 86_400;

    /// <summary>A year: nothing is remembered for longer.</summary>
    private const long LongestWindow = 366L * Day;

    /// <summary>Reads a limit.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The limit; its count is 0 when there is to be none.</returns>
    /// <exception cref="ThrottleException">It is no limit (<c>InvalidLimit</c>).</exception>
    public static SendLimit Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text) ?? throw new ThrottleException(
            "InvalidLimit",
            $"'{text}' is no limit.",
            "Write a count and a time, such as '30/minute' or '10000 recipients/day'; 0 in place of the count " +
            "removes one.");
    }

    /// <summary>Writes a limit in short, as <c>30/minute</c> or <c>500 recipients/day</c>.</summary>
    public static string Write(SendLimit limit)
    {
        ArgumentNullException.ThrowIfNull(limit);
        var unit = limit.Unit == LimitUnit.Recipients ? " recipients" : "";
        var time = limit.WindowSeconds switch
        {
            Minute => "minute",
            Hour => "hour",
            Day => "day",
            _ => string.Create(CultureInfo.InvariantCulture, $"{limit.WindowSeconds} seconds"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{limit.Count}{unit}/{time}");
    }

    /// <summary>Changes a list of limits.</summary>
    /// <param name="limits">The list.</param>
    /// <param name="changes">
    /// What to change: a limit replaces that for the same time and unit, and a count of 0 removes it; null removes all.
    /// </param>
    public static IReadOnlyList<SendLimit> Change(IReadOnlyList<SendLimit> limits, IEnumerable<SendLimit?> changes)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(changes);
        var list = limits.ToList();
        foreach (var change in changes)
        {
            list.RemoveAll(limit =>
                change is null || (limit.Unit == change.Unit && limit.WindowSeconds == change.WindowSeconds));
            if (change is { Count: > 0 })
            {
                list.Add(change);
            }
        }

        return [.. list.OrderBy(limit => limit.WindowSeconds).ThenBy(limit => limit.Unit)];
    }

    private static SendLimit? TryParse(string text)
    {
        var match = Grammar().Match(text.Trim());
        if (!match.Success || !TryNumber(match.Groups["count"].Value, out var count))
        {
            return null;
        }

        var times = match.Groups["times"] is { Success: true, Value: var factor }
            ? TryNumber(factor, out var given) ? given : 0
            : 1;
        var window = times * SecondsOf(match.Groups["time"].Value);
        return count <= int.MaxValue && window is > 0 and <= LongestWindow
            ? new SendLimit((int)count, UnitOf(match.Groups["unit"].Value), (int)window)
            : null;
    }

    private static bool TryNumber(string text, out long value) =>
        long.TryParse(
            text.Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value <= int.MaxValue;

    private static LimitUnit UnitOf(string text) =>
        text.StartsWith("r", StringComparison.OrdinalIgnoreCase) ? LimitUnit.Recipients : LimitUnit.Messages;

    private static long SecondsOf(string text) => text.ToLowerInvariant()[0] switch
    {
        's' => 1,
        'm' => Minute,
        'h' => Hour,
        _ => Day,
    };

    [GeneratedRegex(
        """
        ^(?<count>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,10})
        \s*(?<unit>messages?|mails?|recipients?|rcpts?)?
        \s*(?:/|\bper\b)
        \s*(?<times>[0-9]{1,10})?
        \s*(?<time>seconds?|sec|s|minutes?|min|m|hours?|h|days?|d)$
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Grammar();
}
