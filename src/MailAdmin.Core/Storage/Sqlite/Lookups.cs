using System.Security.Cryptography;
using System.Text;

namespace MailAdmin.Storage.Sqlite;

/// <summary>Numbers in place of texts that many items share.</summary>
internal static class Lookups
{
    // A route is kept as long as items use it, so the time of its use need not be exact.
    private static readonly long UseStep = SqliteTime.From(TimeSpan.FromHours(1));

    /// <summary>The number of a destination; null when it is not known.</summary>
    public static long? FindDestination(SqliteSession session, string name)
    {
        using var select = session.Prepare("SELECT id FROM destination WHERE name = ?").Bind(name);
        return select.Step() ? select.Number(0) : null;
    }

    /// <summary>The number of a destination, which is added when it is not known.</summary>
    public static long Destination(SqliteSession session, string name)
    {
        if (FindDestination(session, name) is { } known)
        {
            return known;
        }

        using var insert = session.Prepare("INSERT INTO destination (name) VALUES (?)").Bind(name);
        insert.Run();
        return session.LastInserted;
    }

    /// <summary>The number of a route, which is added when it is not known.</summary>
    public static long Route(SqliteSession session, string json, long now)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(json));
        using (var select = session.Prepare("SELECT id, used_at FROM route WHERE hash = ?").Bind(hash))
        {
            if (select.Step())
            {
                var id = select.Number(0);
                if (Math.Abs(now - select.Number(1)) > UseStep)
                {
                    using var update = session.Prepare("UPDATE route SET used_at = ? WHERE id = ?").Bind(now).Bind(id);
                    update.Run();
                }

                return id;
            }
        }

        using var insert = session.Prepare("INSERT INTO route (hash, json, used_at) VALUES (?, ?, ?)")
            .Bind(hash).Bind(json).Bind(now);
        insert.Run();
        return session.LastInserted;
    }
}
