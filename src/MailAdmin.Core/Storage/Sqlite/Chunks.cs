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

    /// <summary>Reads all pieces as one.</summary>
    /// <param name="session">In a transaction in which the item has its content.</param>
    /// <param name="id">The item.</param>
    /// <param name="size">The octets of all pieces.</param>
    public static byte[] ReadAll(SqliteSession session, long id, long size)
    {
        var all = new byte[size];
        for (long read = 0, index = 0; read < size; index++)
        {
            using var select = session.Prepare("SELECT data FROM chunk WHERE id = ?").Bind((id << IndexBits) + index);
            select.Step();
            var piece = select.Octets(0);
            piece.CopyTo(all.AsSpan((int)read));
            read += piece.Length;
        }

        return all;
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
