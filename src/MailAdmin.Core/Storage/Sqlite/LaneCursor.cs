namespace MailAdmin.Storage.Sqlite;

/// <summary>Goes through the items of a lane that are due, a few rows at a time.</summary>
internal sealed class LaneCursor(SqliteSession session, long destination, long lane, long now)
{
    private const int PageSize = 16;

    private readonly Queue<(long DueAt, long Id)> _page = new();
    private bool _isLast;

    public long Destination => destination;

    public long Lane => lane;

    /// <summary>The item that it stands at.</summary>
    public (long DueAt, long Id) Current { get; private set; } = (long.MinValue, 0);

    /// <summary>Goes to the next.</summary>
    public bool MoveNext()
    {
        if (_page.Count == 0 && !_isLast)
        {
            ReadPage();
        }

        if (_page.Count == 0)
        {
            return false;
        }

        Current = _page.Dequeue();
        return true;
    }

    private void ReadPage()
    {
        using var select = session.Prepare(
                """
                SELECT due_at, id FROM item
                WHERE state = 0 AND destination_id = ? AND lane = ? AND (due_at, id) > (?, ?) AND due_at <= ?
                ORDER BY due_at, id LIMIT ?
                """)
            .Bind(destination).Bind(lane).Bind(Current.DueAt).Bind(Current.Id)
            .Bind(Lanes.IsTimed(lane) ? now : long.MaxValue).Bind(PageSize);
        while (select.Step())
        {
            _page.Enqueue((select.Number(0), select.Number(1)));
        }

        _isLast = _page.Count < PageSize;
    }
}
