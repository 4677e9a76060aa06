using System.Globalization;

namespace MailAdmin.Storage.Sqlite;

/// <summary>Limits and their use in the file.</summary>
internal sealed class SqliteThrottleStore(SqliteWriter writer, SqliteReaders readers, TimeProvider clock)
    : IThrottleStore
{
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, string>> GetSettingsAsync(CancellationToken cancellationToken) =>
        await readers.RunAsync<IReadOnlyDictionary<string, string>>(
            session =>
            {
                using var select = session.Prepare("SELECT scope, value FROM throttle_setting");
                var found = new Dictionary<string, string>(StringComparer.Ordinal);
                while (select.Step())
                {
                    found.Add(select.Text(0), select.Text(1));
                }

                return found;
            },
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task SetSettingsAsync(string scope, string? settings, CancellationToken cancellationToken) =>
        writer.RunAsync(
            change =>
            {
                // Before the commit: a mark without limits costs a look at the store, the other way round limits are
                // missed.
                StoreLocation.MarkLimits(change.Session.Path);
                using var statement = settings is null
                    ? change.Session.Prepare("DELETE FROM throttle_setting WHERE scope = ?").Bind(scope)
                    : change.Session.Prepare("INSERT OR REPLACE INTO throttle_setting (scope, value) VALUES (?, ?)")
                        .Bind(scope).Bind(settings);
                statement.Run();
                change.Session.Execute("DELETE FROM throttle_turn");
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<ThrottleReply> ReserveAsync(ThrottleRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return WriteAsync((change, _, book, now) => Reserve(change, book, now, request), cancellationToken);
    }

    /// <inheritdoc/>
    public Task SettleAsync(long reservation, bool isUsed, CancellationToken cancellationToken) =>
        // The file's time is cut to microseconds: the next one is not before the server counted.
        WriteAsync((_, _, book, now) => book.Settle(reservation, isUsed, now + 1), cancellationToken);

    /// <inheritdoc/>
    public Task RenewAsync(string owner, CancellationToken cancellationToken) =>
        WriteAsync(
            (_, session, _, now) =>
            {
                var until = now + SqliteTime.From(Lifetime);
                using var reservations = session
                    .Prepare("UPDATE throttle_reservation SET lease_until = ? WHERE owner = ?").Bind(until).Bind(owner);
                reservations.Run();
                using var connections = session
                    .Prepare("UPDATE connection SET lease_until = ? WHERE owner = ? AND is_open = 1")
                    .Bind(until).Bind(owner);
                connections.Run();
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ThrottleUse>> GetUseAsync(
        IReadOnlyList<ThrottleRule> rules, CancellationToken cancellationToken) =>
        await WriteAsync<IReadOnlyList<ThrottleUse>>(
            (_, _, book, now) =>
            {
                book.Expire();
                return [.. rules.Select(rule => Use(book, rule, now))];
            },
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> GetKeysAsync(string prefix, CancellationToken cancellationToken) =>
        await readers.RunAsync<IReadOnlyList<string>>(
            session =>
            {
                using var select = session.Prepare(
                        """
                        SELECT key FROM throttle_window WHERE substr(key, 1, length(?1)) = ?1
                        UNION SELECT key FROM throttle_held WHERE substr(key, 1, length(?1)) = ?1
                        UNION SELECT key FROM connection WHERE substr(key, 1, length(?1)) = ?1
                        ORDER BY key
                        """)
                    .Bind(prefix);
                var found = new List<string>();
                while (select.Step())
                {
                    found.Add(select.Text(0));
                }

                return found;
            },
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task<long?> TakeConnectionAsync(string key, int most, string owner, CancellationToken cancellationToken) =>
        WriteAsync<long?>(
            (change, session, book, now) =>
            {
                book.Expire();
                if (CountConnections(session, key, now) >= most)
                {
                    return null;
                }

                var id = change.Draw("id", 1);
                using var insert = session
                    .Prepare("INSERT INTO connection (id, key, owner, lease_until, is_open) VALUES (?, ?, ?, ?, 1)")
                    .Bind(id).Bind(key).Bind(owner).Bind(now + SqliteTime.From(Lifetime));
                insert.Run();
                return id;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task ReleaseConnectionAsync(long connection, CancellationToken cancellationToken) =>
        WriteAsync(
            (_, session, _, now) =>
            {
                using var update = session
                    .Prepare("UPDATE connection SET lease_until = ?, is_open = 0 WHERE id = ?")
                    .Bind(now + SqliteTime.From(Linger)).Bind(connection);
                update.Run();
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<int> CountConnectionsAsync(string key, CancellationToken cancellationToken) =>
        await readers.RunAsync(
            session => CountConnections(session, key, ThrottleClock.Read(session, SqliteTime.From(clock.GetUtcNow()))),
            cancellationToken).ConfigureAwait(false);

    private static int CountConnections(SqliteSession session, string key, long now)
    {
        using var select = session.Prepare("SELECT count(*) FROM connection WHERE key = ? AND lease_until > ?")
            .Bind(key).Bind(now);
        return select.Step() ? (int)select.Number(0) : 0;
    }

    private static ThrottleUse Use(ThrottleBook book, ThrottleRule rule, long now)
    {
        var underWay = book.UnderWay(rule);
        var used = book.Used(rule) + underWay;
        var over = used + 1 - rule.Limit.Count;
        return new ThrottleUse(
            rule, used, underWay, over <= 0 ? TimeSpan.Zero : SqliteTime.ToDuration(book.FreeAt(rule, over) - now));
    }

    private ThrottleReply Reserve(WriteScope change, ThrottleBook book, long now, ThrottleRequest request)
    {
        var session = change.Session;
        book.Expire();
        var windows = request.Rules.Select(rule => Window(book, rule)).ToList();
        var turn = Turn(session, request.TurnKey);
        var verdict = ThrottleVerdict.Of(request, windows, turn, SqliteTime.To(now));
        if (verdict.Turn != turn)
        {
            KeepTurn(session, request.TurnKey, verdict.Turn);
        }

        if (!verdict.IsGranted)
        {
            return verdict.Reply;
        }

        foreach (var charge in request.Charges)
        {
            book.Prune(charge.Key, [.. request.Rules.Where(rule => rule.Key == charge.Key)]);
        }

        var id = change.Draw("id", 1);
        book.Hold(id, request.Charges, request.Owner, now + SqliteTime.From(Lifetime));
        return verdict.Reply with { Reservation = id };
    }

    private static ThrottleWindow Window(ThrottleBook book, ThrottleRule rule) =>
        new(rule, book.Used(rule) + book.UnderWay(rule), amount => SqliteTime.To(book.FreeAt(rule, amount)));

    private static ThrottleTurn? Turn(SqliteSession session, string key)
    {
        using var select = session.Prepare("SELECT item, until FROM throttle_turn WHERE key = ?").Bind(key);
        return select.Step() ? new ThrottleTurn(select.Number(0), select.Time(1)) : null;
    }

    private static void KeepTurn(SqliteSession session, string key, ThrottleTurn? turn)
    {
        using var statement = turn is null
            ? session.Prepare("DELETE FROM throttle_turn WHERE key = ?").Bind(key)
            : session.Prepare("INSERT OR REPLACE INTO throttle_turn (key, item, until) VALUES (?, ?, ?)")
                .Bind(key).Bind(turn.Item).BindTime(turn.Until);
        statement.Run();
    }

    private Task WriteAsync(
        Action<WriteScope, SqliteSession, ThrottleBook, long> action, CancellationToken cancellationToken) =>
        WriteAsync(
            (change, session, book, now) =>
            {
                action(change, session, book, now);
                return true;
            },
            cancellationToken);

    private Task<T> WriteAsync<T>(
        Func<WriteScope, SqliteSession, ThrottleBook, long, T> action, CancellationToken cancellationToken) =>
        writer.RunAsync(
            change =>
            {
                var now = ThrottleClock.Advance(change.Session, change.NowValue);
                return action(change, change.Session, new ThrottleBook(change.Session, now), now);
            },
            cancellationToken);
}
