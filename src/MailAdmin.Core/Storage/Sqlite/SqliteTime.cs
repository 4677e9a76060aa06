namespace MailAdmin.Storage.Sqlite;

/// <summary>Times as microseconds since 1970, UTC.</summary>
internal static class SqliteTime
{
    private static readonly long EpochTicks = DateTimeOffset.UnixEpoch.Ticks;

    public static long From(DateTimeOffset time) => (time.UtcTicks - EpochTicks) / TimeSpan.TicksPerMicrosecond;

    public static long From(TimeSpan duration) => duration.Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset To(long microseconds) =>
        new((microseconds * TimeSpan.TicksPerMicrosecond) + EpochTicks, TimeSpan.Zero);

    public static TimeSpan ToDuration(long microseconds) => new(microseconds * TimeSpan.TicksPerMicrosecond);
}
