namespace MailAdmin.Storage.Sqlite;

/// <summary>
/// The heads of the lanes in which items wait: by them an item to send is found without looking at those of other
/// destinations, however many there are.
/// </summary>
internal static class Lanes
{
    /// <summary>Three that are due, by priority, and three that wait for their time.</summary>
    public const int Count = 2 * Timed;

    private const int Timed = 3;

    /// <summary>The lane of an item that is due.</summary>
    public static long Due(QueuePriority priority) => (long)priority;

    /// <summary>The lane of an item that waits for its time.</summary>
    public static long At(QueuePriority priority) => Timed + (long)priority;

    /// <summary>True when it is one whose items wait for their time.</summary>
    public static bool IsTimed(long lane) => lane >= Timed;

    /// <summary>Looks the head of a lane up.</summary>
    public static void Refresh(SqliteSession session, long destination, long lane, long now)
    {
        if (Head(session, destination, lane) is not { } head)
        {
            using var delete = session.Prepare("DELETE FROM lane WHERE destination_id = ? AND lane = ?")
                .Bind(destination).Bind(lane);
            delete.Run();
            return;
        }

        var blocked = BlockedUntil(session, destination) is var until && until > now ? until : 0;
        using var upsert = session.Prepare(
                """
                INSERT INTO lane (destination_id, lane, head, ready_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (destination_id, lane) DO UPDATE SET head = excluded.head, ready_at = excluded.ready_at
                WHERE head <> excluded.head OR ready_at <> excluded.ready_at
                """)
            .Bind(destination).Bind(lane).Bind(head).Bind(IsTimed(lane) ? Math.Max(head, blocked) : blocked);
        upsert.Run();
    }

    /// <summary>Opens the lanes whose destination's back-off has ended.</summary>
    public static void Unblock(SqliteSession session, long now)
    {
        for (var lane = 0; lane < Timed; lane++)
        {
            using var update = session
                .Prepare("UPDATE lane SET ready_at = 0 WHERE lane = ? AND ready_at > 0 AND ready_at <= ?")
                .Bind(lane).Bind(now);
            update.Run();
        }
    }

    private static long? Head(SqliteSession session, long destination, long lane)
    {
        using var select = session.Prepare(
                """
                SELECT due_at FROM item WHERE state = 0 AND destination_id = ? AND lane = ? ORDER BY due_at, id LIMIT 1
                """)
            .Bind(destination).Bind(lane);
        return select.Step() ? select.Number(0) : null;
    }

    private static long BlockedUntil(SqliteSession session, long destination)
    {
        using var select = session.Prepare("SELECT not_before FROM destination WHERE id = ?").Bind(destination);
        return select.Step() ? select.Number(0) : 0;
    }
}
