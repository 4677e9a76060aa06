using MailAdmin.Transports.Methods;

namespace MailAdmin.Storage.Sqlite;

/// <summary>
/// The use of limits, as the file has it. Each window keeps the sum of what is within it and the time up to which use
/// has left it; so a look at it costs no more than what left it since the last one, however much it holds.
/// </summary>
/// <param name="session">The connection, in a transaction.</param>
/// <param name="now">The time by <see cref="ThrottleClock"/>.</param>
internal sealed class ThrottleBook(SqliteSession session, long now)
{
    // What is too old goes a little at a time.
    private const int MostRemoved = 200;

    /// <summary>Ends what its owners left behind: reservations count as used then.</summary>
    public void Expire()
    {
        foreach (var (reservation, end) in Expired())
        {
            Settle(reservation, isUsed: true, end);
        }

        using var connections = session.Prepare("DELETE FROM connection WHERE lease_until <= ?").Bind(now);
        connections.Run();
    }

    /// <summary>What of a window is used by attempts that have ended.</summary>
    public long Used(ThrottleRule rule)
    {
        var border = now - Length(rule);
        if (Window(rule) is not (var since, var used))
        {
            used = Sum(rule, border, long.MaxValue);
            Keep(rule, border, used);
            return used;
        }

        var left = border > since ? Sum(rule, since, border) : 0;
        if (left > 0)
        {
            Keep(rule, border, used - left);
        }

        return used - left;
    }

    /// <summary>What is under way.</summary>
    public long UnderWay(ThrottleRule rule)
    {
        using var select = session.Prepare($"SELECT coalesce(sum({Column(rule)}), 0) FROM throttle_held WHERE key = ?")
            .Bind(rule.Key);
        return select.Step() ? select.Number(0) : 0;
    }

    /// <summary>When so much will have left a window.</summary>
    public long FreeAt(ThrottleRule rule, long amount)
    {
        using var select = session
            .Prepare($"SELECT at, {Column(rule)} FROM throttle_use WHERE key = ? AND at > ? ORDER BY at")
            .Bind(rule.Key).Bind(now - Length(rule));
        while (select.Step())
        {
            amount -= select.Number(1);
            if (amount <= 0)
            {
                return select.Number(0) + Length(rule);
            }
        }

        return now + Length(rule);
    }

    /// <summary>Takes places.</summary>
    /// <returns>The number of the reservation.</returns>
    public long Hold(long reservation, IEnumerable<ThrottleCharge> charges, string owner, long until)
    {
        using (
            var insert = session.Prepare("INSERT INTO throttle_reservation (id, owner, lease_until) VALUES (?, ?, ?)"))
        {
            insert.Bind(reservation).Bind(owner).Bind(until).Run();
        }

        foreach (var charge in charges)
        {
            using var insert = session
                .Prepare("INSERT INTO throttle_held (key, reservation_id, messages, recipients) VALUES (?, ?, ?, ?)")
                .Bind(charge.Key).Bind(reservation).Bind(charge.Messages).Bind(charge.Recipients);
            insert.Run();
        }

        return reservation;
    }

    /// <summary>Ends a reservation.</summary>
    /// <param name="reservation">Which one; nothing happens when it is gone.</param>
    /// <param name="isUsed">True when it counts, false when its places are free again.</param>
    /// <param name="at">When it ended.</param>
    public void Settle(long reservation, bool isUsed, long at)
    {
        var charges = isUsed ? Charges(reservation) : [];
        foreach (var charge in charges)
        {
            Add(charge, at);
        }

        using var held = session.Prepare("DELETE FROM throttle_held WHERE reservation_id = ?").Bind(reservation);
        held.Run();
        using var own = session.Prepare("DELETE FROM throttle_reservation WHERE id = ?").Bind(reservation);
        own.Run();
    }

    /// <summary>Forgets windows that a key has no more, and what is older than all of its others.</summary>
    public void Prune(string key, IReadOnlyList<ThrottleRule> rules)
    {
        foreach (var (unit, seconds) in Windows(key))
        {
            if (!rules.Any(rule => rule.Limit.WindowSeconds == seconds && rule.Limit.Unit == unit))
            {
                using var drop = session.Prepare(
                    "DELETE FROM throttle_window WHERE key = ? AND unit = ? AND seconds = ?")
                    .Bind(key).Bind((long)unit).Bind(seconds);
                drop.Run();
            }
        }

        using var delete = session.Prepare(
                """
                DELETE FROM throttle_use WHERE key = ? AND at IN
                    (SELECT at FROM throttle_use WHERE key = ? AND at <= ? ORDER BY at LIMIT ?)
                """)
            .Bind(key).Bind(key).Bind(now - rules.Max(Length)).Bind(MostRemoved);
        delete.Run();
    }

    private static long Length(ThrottleRule rule) => SqliteTime.From(rule.Window);

    private static string Column(ThrottleRule rule) =>
        rule.Limit.Unit == LimitUnit.Messages ? "messages" : "recipients";

    private List<(long Reservation, long End)> Expired()
    {
        using var select = session.Prepare("SELECT id, lease_until FROM throttle_reservation WHERE lease_until <= ?")
            .Bind(now);
        var found = new List<(long, long)>();
        while (select.Step())
        {
            found.Add((select.Number(0), select.Number(1)));
        }

        return found;
    }

    private List<ThrottleCharge> Charges(long reservation)
    {
        using var select = session
            .Prepare("SELECT key, messages, recipients FROM throttle_held WHERE reservation_id = ?").Bind(reservation);
        var found = new List<ThrottleCharge>();
        while (select.Step())
        {
            found.Add(new ThrottleCharge(select.Text(0), (int)select.Number(1), (int)select.Number(2)));
        }

        return found;
    }

    private List<(LimitUnit Unit, long Seconds)> Windows(string key)
    {
        using var select = session.Prepare("SELECT unit, seconds FROM throttle_window WHERE key = ?").Bind(key);
        var found = new List<(LimitUnit, long)>();
        while (select.Step())
        {
            found.Add(((LimitUnit)select.Number(0), select.Number(1)));
        }

        return found;
    }

    private void Add(ThrottleCharge charge, long at)
    {
        using var insert = session.Prepare(
                """
                INSERT INTO throttle_use (key, at, messages, recipients) VALUES (?, ?, ?, ?)
                ON CONFLICT (key, at) DO UPDATE SET
                    messages = messages + excluded.messages, recipients = recipients + excluded.recipients
                """)
            .Bind(charge.Key).Bind(at).Bind(charge.Messages).Bind(charge.Recipients);
        insert.Run();
        AddToWindows(charge, at, LimitUnit.Messages);
        AddToWindows(charge, at, LimitUnit.Recipients);
    }

    private void AddToWindows(ThrottleCharge charge, long at, LimitUnit unit)
    {
        using var update = session
            .Prepare("UPDATE throttle_window SET used = used + ? WHERE key = ? AND unit = ? AND since < ?")
            .Bind(charge.Of(unit)).Bind(charge.Key).Bind((long)unit).Bind(at);
        update.Run();
    }

    private (long Since, long Used)? Window(ThrottleRule rule)
    {
        using var select = session
            .Prepare("SELECT since, used FROM throttle_window WHERE key = ? AND unit = ? AND seconds = ?")
            .Bind(rule.Key).Bind((long)rule.Limit.Unit).Bind(rule.Limit.WindowSeconds);
        return select.Step() ? (select.Number(0), select.Number(1)) : null;
    }

    private void Keep(ThrottleRule rule, long since, long used)
    {
        using var upsert = session.Prepare(
                """
                INSERT INTO throttle_window (key, unit, seconds, since, used) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (key, unit, seconds) DO UPDATE SET since = excluded.since, used = excluded.used
                """)
            .Bind(rule.Key).Bind((long)rule.Limit.Unit).Bind(rule.Limit.WindowSeconds).Bind(since).Bind(used);
        upsert.Run();
    }

    private long Sum(ThrottleRule rule, long after, long upTo)
    {
        using var select = session.Prepare(
                $"SELECT coalesce(sum({Column(rule)}), 0) FROM throttle_use WHERE key = ? AND at > ? AND at <= ?")
            .Bind(rule.Key).Bind(after).Bind(upTo);
        return select.Step() ? select.Number(0) : 0;
    }
}
