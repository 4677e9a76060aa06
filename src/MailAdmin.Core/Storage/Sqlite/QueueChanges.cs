using MailAdmin.Transports;

namespace MailAdmin.Storage.Sqlite;

/// <summary>
/// Changes of single items: each looks at the state first, and leaves alone what may not become what it should.
/// </summary>
internal static class QueueChanges
{
    private static readonly long Lifetime = SqliteTime.From(NewQueueItem.DefaultLifetime);

    public static bool Renew(WriteScope scope, string owner, long id, TimeSpan lease)
    {
        using var update = scope.Session
            .Prepare("UPDATE item SET lease_until = ? WHERE id = ? AND owner = ? AND state = 1")
            .Bind(scope.NowValue + SqliteTime.From(lease)).Bind(id).Bind(owner);
        return update.Run() == 1;
    }

    public static bool Release(WriteScope scope, string owner, QueueRelease release)
    {
        if (Position(scope.Session, release.Id) is not { State: QueueItemState.Sending } item)
        {
            return false;
        }

        var isTimed = release.NotBefore > scope.Now;
        var lane = isTimed ? Lanes.At(item.Priority) : Lanes.Due(item.Priority);
        using var update = scope.Session.Prepare(
                """
                UPDATE item SET state = 0, owner = NULL, lease_until = NULL, lane = ?, due_at = coalesce(?, due_at),
                    deferrals = deferrals + ?
                WHERE id = ? AND owner = ?
                """)
            .Bind(lane).BindTime(isTimed ? release.NotBefore : null).Bind(release.CountsAsDeferral ? 1 : 0)
            .Bind(release.Id).Bind(owner);
        scope.Touch(item.Destination, lane);
        return update.Run() == 1;
    }

    public static bool Resume(WriteScope scope, long id, DateTimeOffset? expiresAt)
    {
        // What waits already is made due: for that, too, its user asks.
        if (Position(scope.Session, id) is not { } item ||
            (item.State != QueueItemState.Waiting && !item.State.MayBecome(QueueItemState.Waiting)) ||
            item.State == QueueItemState.Sending)
        {
            return false;
        }

        var now = scope.NowValue;
        using var update = scope.Session.Prepare(
                """
                UPDATE item SET state = 0, owner = NULL, lane = ?, due_at = ?, not_before = NULL, finished_at = NULL,
                    deferrals = 0, expires_at = coalesce(?, iif(expires_at > ?, expires_at, ?))
                WHERE id = ?
                """)
            .Bind(Lanes.Due(item.Priority)).Bind(now).BindTime(expiresAt).Bind(now).Bind(now + Lifetime).Bind(id);
        update.Run();
        using var open = scope.Session.Prepare("UPDATE recipient SET status = ? WHERE item_id = ? AND status = ?")
            .Bind((long)RecipientStatus.NotTried).Bind(id).Bind((long)RecipientStatus.Refused);
        open.Run();
        Destinations.Open(scope, item.Destination);
        return true;
    }

    public static bool Remove(WriteScope scope, long id)
    {
        if (Position(scope.Session, id) is not { } item || !item.State.MayBeRemoved())
        {
            return false;
        }

        Chunks.Remove(scope.Session, id);
        RemoveRows(scope.Session, id);
        scope.Touch(item.Destination, item.Lane);
        return true;
    }

    /// <summary>Removes an item without its content; one that waits would have to leave its lane, too.</summary>
    public static void RemoveRows(SqliteSession session, long id)
    {
        using var recipients = session.Prepare("DELETE FROM recipient WHERE item_id = ?").Bind(id);
        recipients.Run();
        using var delete = session.Prepare("DELETE FROM item WHERE id = ?").Bind(id);
        delete.Run();
    }

    private static ItemPosition? Position(SqliteSession session, long id)
    {
        using var select = session.Prepare("SELECT state, priority, lane, destination_id FROM item WHERE id = ?")
            .Bind(id);
        return select.Step()
            ? new ItemPosition(
                (QueueItemState)select.Number(0), (QueuePriority)select.Number(1), select.Number(2), select.Number(3))
            : null;
    }

    private sealed record ItemPosition(QueueItemState State, QueuePriority Priority, long Lane, long Destination);
}
