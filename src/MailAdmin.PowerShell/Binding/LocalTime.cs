namespace MailAdmin.PowerShell.Binding;

/// <summary>The times that people type, which are local unless they say otherwise.</summary>
internal static class LocalTime
{
    /// <summary>
    /// The moment of a time; beyond the calendar's ends, as [datetime]::MinValue is in the east, its end.
    /// </summary>
    public static DateTimeOffset? Moment(DateTime? time)
    {
        if (time is not { } given)
        {
            return null;
        }

        var offset = given.Kind == DateTimeKind.Utc ? TimeSpan.Zero : TimeZoneInfo.Local.GetUtcOffset(given);
        var ticks = given.Ticks - offset.Ticks;
        return ticks < DateTimeOffset.MinValue.UtcTicks ? DateTimeOffset.MinValue
            : ticks > DateTimeOffset.MaxValue.UtcTicks ? DateTimeOffset.MaxValue
            : new DateTimeOffset(ticks, TimeSpan.Zero);
    }
}
