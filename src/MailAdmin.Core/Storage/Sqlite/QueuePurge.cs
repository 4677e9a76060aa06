namespace MailAdmin.Storage.Sqlite;

/// <summary>Removes what is not needed any more, in steps of a few milliseconds.</summary>
internal static class QueuePurge
{
    private const int ItemsAtOnce = 100;

    // Longer than any producer stands still between two pieces.
    private static readonly long StagedLifetime = SqliteTime.From(TimeSpan.FromHours(6));

    /// <summary>Removes the content of some sent items.</summary>
    /// <returns>How many it dealt with; 0 when there are none.</returns>
    public static int SentContent(WriteScope scope)
    {
        var ids = Ids(scope.Session.Prepare("SELECT id FROM item WHERE state = 3 AND has_content = 1 LIMIT ?")
            .Bind(ItemsAtOnce));
        return Step(ids, id =>
        {
            if (!Chunks.RemoveSome(scope.Session, id))
            {
                return false;
            }

            using var update = scope.Session.Prepare("UPDATE item SET has_content = 0 WHERE id = ?").Bind(id);
            update.Run();
            return true;
        });
    }

    /// <summary>Removes some items that were finished long ago.</summary>
    public static int Finished(WriteScope scope, DateTimeOffset before)
    {
        var ids = Ids(scope.Session.Prepare("SELECT id FROM item WHERE finished_at < ? LIMIT ?")
            .BindTime(before).Bind(ItemsAtOnce));
        return Step(ids, id => Chunks.RemoveSome(scope.Session, id) && QueueChanges.Remove(scope, id));
    }

    /// <summary>Removes some contents whose producer is gone.</summary>
    public static int Staged(WriteScope scope)
    {
        var now = scope.NowValue;
        var ids = Ids(scope.Session.Prepare("SELECT id FROM staged WHERE touched_at < ? OR touched_at > ? LIMIT ?")
            .Bind(now - StagedLifetime).Bind(now + StagedLifetime).Bind(ItemsAtOnce));
        return Step(ids, id => Chunks.RemoveSome(scope.Session, id) && ContentIntake.Unstage(scope.Session, id));
    }

    /// <summary>Removes routes that no item has any more.</summary>
    public static int Routes(WriteScope scope, DateTimeOffset before)
    {
        using var delete = scope.Session.Prepare(
                """
                DELETE FROM route WHERE id IN (
                    SELECT id FROM route WHERE used_at < ?
                        AND NOT EXISTS (SELECT 1 FROM item WHERE route_id = route.id) LIMIT ?)
                """)
            .BindTime(before).Bind(ItemsAtOnce);
        return delete.Run();
    }

    private static List<long> Ids(Statement select)
    {
        using (select)
        {
            var ids = new List<long>();
            while (select.Step())
            {
                ids.Add(select.Number(0));
            }

            return ids;
        }
    }

    /// <summary>Goes on until one is too large to be done within the step.</summary>
    private static int Step(List<long> ids, Func<long, bool> isDone)
    {
        var done = 0;
        foreach (var id in ids)
        {
            done++;
            if (!isDone(id))
            {
                break;
            }
        }

        return done;
    }
}
