namespace MailAdmin.Storage.Sqlite;

/// <summary>What an operation may use within a transaction of the writer.</summary>
internal sealed class WriteScope(SqliteSession session, TimeProvider clock)
{
    private readonly HashSet<(long Destination, long Lane)> _touched = [];
    private readonly Dictionary<string, long> _counters = new(StringComparer.Ordinal);
    private readonly HashSet<string> _drawn = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _routes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _destinations = new(StringComparer.Ordinal);

    /// <summary>The connection, in a transaction.</summary>
    public SqliteSession Session => session;

    /// <summary>
    /// The time. Within transactions, which come one behind the other, it goes back only if the clock does.
    /// </summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary><see cref="Now"/> as the file has it.</summary>
    public long NowValue => SqliteTime.From(Now);

    /// <summary>The number of a route; the items of a group commit share few of them.</summary>
    public long Route(string json) => Once(_routes, json, () => Lookups.Route(session, json, NowValue));

    /// <summary>The number of a destination.</summary>
    public long Destination(string name) => Once(_destinations, name, () => Lookups.Destination(session, name));

    /// <summary>The next number of a counter that all processes share.</summary>
    public long Peek(string counter)
    {
        if (!_counters.TryGetValue(counter, out var value))
        {
            using var select = session.Prepare("SELECT value FROM counter WHERE name = ?").Bind(counter);
            value = select.Step() ? select.Number(0) : 0;
            _counters.Add(counter, value);
        }

        return value;
    }

    /// <summary>Draws numbers from a counter.</summary>
    /// <returns>The first of them.</returns>
    public long Draw(string counter, long count = 1)
    {
        var first = Peek(counter);
        _counters[counter] = first + count;
        _drawn.Add(counter);
        return first;
    }

    /// <summary>Has the head of a lane looked up anew before the commit.</summary>
    public void Touch(long destination, long lane) => _touched.Add((destination, lane));

    /// <summary>Has the heads of all lanes of a destination looked up anew.</summary>
    public void TouchAll(long destination)
    {
        for (var lane = 0; lane < Lanes.Count; lane++)
        {
            Touch(destination, lane);
        }
    }

    /// <summary>Writes what was put off to the end of the transaction.</summary>
    public void Complete()
    {
        var now = NowValue;
        foreach (var (destination, lane) in _touched)
        {
            Lanes.Refresh(session, destination, lane, now);
        }

        foreach (var name in _drawn)
        {
            using var update = session.Prepare("UPDATE counter SET value = ? WHERE name = ?")
                .Bind(_counters[name]).Bind(name);
            update.Run();
        }
    }

    private static long Once(Dictionary<string, long> known, string text, Func<long> find)
    {
        if (!known.TryGetValue(text, out var number))
        {
            number = find();
            known.Add(text, number);
        }

        return number;
    }
}
