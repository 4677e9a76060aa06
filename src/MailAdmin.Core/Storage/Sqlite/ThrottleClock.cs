namespace MailAdmin.Storage.Sqlite;

/// <summary>
/// The clock of the windows, which never goes back: when the machine's clock does, this one stands still for that
/// moment and goes on from there. So old use neither stays for the hour that the clock went back, nor is it forgotten.
/// </summary>
internal static class ThrottleClock
{
    /// <summary>The time, without a note of it.</summary>
    public static long Read(SqliteSession session, long machine)
    {
        var (seen, ahead) = Load(session);
        return Math.Max(machine, seen) + ahead;
    }

    /// <summary>The time, noted.</summary>
    public static long Advance(SqliteSession session, long machine)
    {
        var (seen, ahead) = Load(session);
        var now = Math.Max(machine, seen) + ahead;
        using var update = session.Prepare("UPDATE throttle_clock SET seen_at = ?, ahead = ?")
            .Bind(machine).Bind(now - machine);
        update.Run();
        return now;
    }

    private static (long Seen, long Ahead) Load(SqliteSession session)
    {
        using var select = session.Prepare("SELECT seen_at, ahead FROM throttle_clock");
        return select.Step() ? (select.Number(0), select.Number(1)) : (0, 0);
    }
}
