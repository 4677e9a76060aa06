using System.Globalization;

namespace MailAdmin.Cli.Parsing;

/// <summary>Points in time on the command line and in what is written for people.</summary>
internal static class Moment
{
    /// <summary>Reads a date with or without time and offset; without an offset it is this machine's time.</summary>
    /// <param name="text">What was written; null for nothing.</param>
    /// <param name="option">The option that it belongs to.</param>
    public static DateTimeOffset? Parse(string? text, string option)
    {
        if (text is null)
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time)
            ? time
            : throw CliException.Usage(
                $"'{Output.Plain.Line(text)}' is no time for {option}.",
                "Write a date, or a date with a time such as 2026-07-01T18:30 or 2026-07-01T18:30+02:00.");
    }

    /// <summary>The time on this machine's clocks.</summary>
    public static string Show(DateTimeOffset time, TimeProvider clock) =>
        TimeZoneInfo.ConvertTime(time, clock.LocalTimeZone)
            .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
