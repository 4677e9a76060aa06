namespace MailAdmin.Storage.Sqlite;

/// <summary>Content in pieces under the number of its item, so that no more than one piece is ever in memory.</summary>
internal static class Chunks
{
    /// <summary>The octets of one piece; only the last is shorter.</summary>
    public const int Size = 128 * 1024;

    private const int IndexBits = 20;

    /// <summary>Writes one piece.</summary>
    public static void Write(SqliteSession session, long id, long index, ReadOnlySpan<byte> data)
    {
        if (index >> IndexBits != 0)
        {
            throw new MessageOverLimitException((1L << IndexBits) * Size);
        }

        using var insert = session.Prepare("INSERT INTO chunk (id, data) VALUES (?, ?)")
            .Bind((id << IndexBits) + index).Bind(data);
        insert.Run();
    }

    /// <summary>Reads one piece; null behind the last.</summary>
    public static byte[]? Read(SqliteSession session, long id, long index)
    {
        using var select = session.Prepare("SELECT data FROM chunk WHERE id = ?").Bind((id << IndexBits) + index);
        return select.Step() ? select.Octets(0).ToArray() : null;
    }

    /// <summary>Reads all pieces as one; null when there is none.</summary>
    public static byte[]? ReadAll(SqliteSession session, long id)
    {
        var content = Read(session, id, 0);
        if (content is not { Length: Size })
        {
            return content;
        }

        using var all = new MemoryStream();
        for (var (piece, index) = (content, 0L); piece is not null; piece = Read(session, id, ++index))
        {
            all.Write(piece);
        }

        return all.ToArray();
    }

    /// <summary>Removes all pieces.</summary>
    public static void Remove(SqliteSession session, long id)
    {
        using var delete = session.Prepare("DELETE FROM chunk WHERE id >= ? AND id < ?")
            .Bind(id << IndexBits).Bind((id + 1) << IndexBits);
        delete.Run();
    }

    /// <summary>Removes some pieces, but not more than a number.</summary>
    /// <returns>How many; fewer than <paramref name="most"/> when none is left.</returns>
    public static int RemoveSome(SqliteSession session, long id, int most)
    {
        using var delete = session.Prepare(
                "DELETE FROM chunk WHERE id IN (SELECT id FROM chunk WHERE id >= ? AND id < ? ORDER BY id LIMIT ?)")
            .Bind(id << IndexBits).Bind((id + 1) << IndexBits).Bind(most);
        return delete.Run();
    }
}
