using System.Text.Json;

namespace MailAdmin.Storage.Sqlite;

/// <summary>
/// Takes what is due. It looks at the heads of lanes, and then into as many lanes as it takes items from: what waits
/// behind them, or for other destinations, costs nothing.
/// </summary>
internal sealed class QueueTaker(WriteScope scope, TakeRequest request)
{
    private const int MostReaped = 500;

    private readonly SqliteSession _session = scope.Session;
    private readonly long _now = scope.NowValue;
    private readonly Dictionary<long, int> _room = [];

    /// <summary>Takes them.</summary>
    public IReadOnlyList<QueueItem> Take()
    {
        Reap();
        Lanes.Unblock(_session, _now);
        foreach (var (name, most) in request.Destinations)
        {
            if (Lookups.FindDestination(_session, name) is { } id)
            {
                _room[id] = most;
            }
        }

        var lines = Enum.GetValues<QueuePriority>().ToDictionary(priority => priority, Line);
        var taken = new List<long>();
        while (taken.Count < request.Count &&
            PriorityTurns.Next(scope.Peek("turn") + taken.Count, p => lines[p].Count > 0) is { } priority)
        {
            TakeFirst(lines[priority], taken);
        }

        if (taken.Count > 0)
        {
            scope.Draw("turn", taken.Count);
        }

        return taken.ConvertAll(id => ItemRows.Find(_session, id)!);
    }

    /// <summary>Takes back what distributors that are gone left behind, and leases of a clock that went back.</summary>
    private void Reap()
    {
        var left = new List<(long Id, long Priority, long Destination)>();
        using (var select = _session.Prepare(
                """
                SELECT id, priority, destination_id FROM item INDEXED BY item_leased
                WHERE state = 1 AND lease_until <= ?
                UNION ALL
                SELECT id, priority, destination_id FROM item INDEXED BY item_leased
                WHERE state = 1 AND lease_until > ?
                LIMIT ?
                """)
            .Bind(_now).Bind(_now + SqliteTime.From(TakeRequest.LongestLease)).Bind(MostReaped))
        {
            while (select.Step())
            {
                left.Add((select.Number(0), select.Number(1), select.Number(2)));
            }
        }

        foreach (var (id, priority, destination) in left)
        {
            var lane = Lanes.Due((QueuePriority)priority);

            // The owner stays: if it is alive after all, it may still say what came of its attempt.
            using var update = _session
                .Prepare("UPDATE item SET state = 0, lane = ?, lease_until = NULL WHERE id = ?").Bind(lane).Bind(id);
            update.Run();
            Lanes.Refresh(_session, destination, lane, _now);
        }
    }

    private PriorityQueue<LaneCursor, (long DueAt, long Id)> Line(QueuePriority priority)
    {
        var line = new PriorityQueue<LaneCursor, (long DueAt, long Id)>();
        var closed = JsonSerializer.Serialize(_room.Where(r => r.Value <= 0).Select(r => r.Key));
        foreach (var lane in new[] { Lanes.Due(priority), Lanes.At(priority) })
        {
            foreach (var destination in ReadyDestinations(lane, closed))
            {
                var cursor = new LaneCursor(_session, destination, lane, _now);
                if (cursor.MoveNext())
                {
                    line.Enqueue(cursor, cursor.Current);
                }
            }
        }

        return line;
    }

    private List<long> ReadyDestinations(long lane, string closed)
    {
        using var select = _session.Prepare(
                """
                SELECT destination_id FROM lane
                WHERE lane = ? AND ready_at <= ? AND destination_id NOT IN (SELECT value FROM json_each(?))
                ORDER BY ready_at, head LIMIT ?
                """)
            .Bind(lane).Bind(_now).Bind(closed).Bind(request.Count);
        var destinations = new List<long>();
        while (select.Step())
        {
            destinations.Add(select.Number(0));
        }

        return destinations;
    }

    private void TakeFirst(PriorityQueue<LaneCursor, (long DueAt, long Id)> line, List<long> taken)
    {
        var cursor = line.Dequeue();
        var room = _room.GetValueOrDefault(cursor.Destination, request.PerDestination);
        if (room <= 0)
        {
            return;
        }

        var id = cursor.Current.Id;
        _room[cursor.Destination] = room - 1;
        using (var update = _session
            .Prepare("UPDATE item SET state = 1, owner = ?, lease_until = ? WHERE id = ?")
            .Bind(request.Owner).Bind(_now + SqliteTime.From(request.Lease)).Bind(id))
        {
            update.Run();
        }

        taken.Add(id);
        scope.Touch(cursor.Destination, cursor.Lane);
        if (cursor.MoveNext())
        {
            line.Enqueue(cursor, cursor.Current);
        }
    }
}
