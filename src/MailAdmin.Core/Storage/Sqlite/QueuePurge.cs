namespace MailAdmin.Storage.Sqlite;

/// <summary>
/// Removes what is not needed any more, in steps of a few milliseconds. Large content takes several of them: it is
/// marked in the table of staged content as <see cref="Doomed"/> in the same transaction in which its item ceases to
/// have it, so that nobody ever finds an item with half of its content.
/// </summary>
internal static class QueuePurge
{
    /// <summary>In the place of the time of staged content: its pieces are being removed, nobody may use it.</summary>
    public const long Doomed = 0;

    private const int RowsAtOnce = 100;
    private const int PiecesAtOnce = 100;

    // Longer than any producer stands still between two pieces.
    private static readonly long StagedLifetime = SqliteTime.From(TimeSpan.FromHours(6));

    /// <summary>Removes the content of some sent items.</summary>
    /// <returns>How many; 0 when there are none.</returns>
    public static int SentContent(WriteScope scope)
    {
        var ids = Ids(scope.Session
            .Prepare("SELECT id FROM item INDEXED BY item_sent_content WHERE state = 3 AND has_content = 1 LIMIT ?")
            .Bind(RowsAtOnce));
        foreach (var id in ids)
        {
            Doom(scope.Session, id);
            using var update = scope.Session.Prepare("UPDATE item SET has_content = 0 WHERE id = ?").Bind(id);
            update.Run();
        }

        Pieces(scope);
        return ids.Count;
    }

    /// <summary>Removes some items that were finished long ago.</summary>
    /// <returns>How many; 0 when there are none.</returns>
    public static int Finished(WriteScope scope, DateTimeOffset before)
    {
        var ids = Ids(scope.Session.Prepare("SELECT id FROM item WHERE finished_at < ? LIMIT ?")
            .BindTime(before).Bind(RowsAtOnce));
        foreach (var id in ids)
        {
            Doom(scope.Session, id);
            QueueChanges.RemoveRows(scope.Session, id);
        }

        Pieces(scope);
        return ids.Count;
    }

    /// <summary>Marks some contents whose producer is gone.</summary>
    /// <returns>How many; 0 when there are none.</returns>
    public static int LeftBehind(WriteScope scope)
    {
        var now = scope.NowValue;
        using var update = scope.Session.Prepare(
                """
                UPDATE staged SET touched_at = ? WHERE id IN (
                    SELECT id FROM staged WHERE touched_at <> ? AND (touched_at < ? OR touched_at > ?) LIMIT ?)
                """)
            .Bind(Doomed).Bind(Doomed).Bind(now - StagedLifetime).Bind(now + StagedLifetime).Bind(RowsAtOnce);
        return update.Run();
    }

    /// <summary>Removes some pieces of what is marked.</summary>
    /// <returns>How many pieces and marks; 0 when there are none.</returns>
    public static int Pieces(WriteScope scope)
    {
        var left = PiecesAtOnce;
        var marks = 0;
        foreach (var id in Ids(scope.Session.Prepare("SELECT id FROM staged WHERE touched_at = ? LIMIT ?")
            .Bind(Doomed).Bind(RowsAtOnce)))
        {
            left -= Chunks.RemoveSome(scope.Session, id, left);
            if (left == 0)
            {
                break;
            }

            using var delete = scope.Session.Prepare("DELETE FROM staged WHERE id = ?").Bind(id);
            marks += delete.Run();
        }

        return PiecesAtOnce - left + marks;
    }

    /// <summary>Removes some routes that no item has any more.</summary>
    /// <returns>How many; 0 when there are none.</returns>
    public static int Routes(WriteScope scope, DateTimeOffset before)
    {
        using var delete = scope.Session.Prepare(
                """
                DELETE FROM route WHERE id IN (
                    SELECT id FROM route WHERE used_at < ?
                        AND NOT EXISTS (SELECT 1 FROM item WHERE route_id = route.id) LIMIT ?)
                """)
            .BindTime(before).Bind(RowsAtOnce);
        return delete.Run();
    }

    private static void Doom(SqliteSession session, long id)
    {
        using var mark = session.Prepare("INSERT INTO staged SELECT id, ? FROM item WHERE id = ? AND has_content = 1")
            .Bind(Doomed).Bind(id);
        mark.Run();
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
}
