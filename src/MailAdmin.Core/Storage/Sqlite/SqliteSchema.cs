namespace MailAdmin.Storage.Sqlite;

/// <summary>
/// The tables, as steps from one version to the next. A step that was released never changes; a new one is added behind
/// it. Times are microseconds since 1970, UTC.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>Marks the file as a store of MailAdmin ("MAdm").</summary>
    public const int ApplicationId = 0x4D41_646D;

    private const string First =
        """
        CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID, STRICT;
        INSERT INTO counter VALUES ('id', 1), ('turn', 0);

        CREATE TABLE option (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT;

        CREATE TABLE route (
            id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, json TEXT NOT NULL, used_at INTEGER NOT NULL) STRICT;

        CREATE TABLE destination (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            failures INTEGER NOT NULL DEFAULT 0,
            not_before INTEGER NOT NULL DEFAULT 0,
            error TEXT) STRICT;

        -- A waiting item stands in one of six lanes of its destination: 0 to 2 are due, by priority, whatever the clock
        -- says; 3 to 5 wait for due_at.
        CREATE TABLE item (
            id INTEGER PRIMARY KEY,
            state INTEGER NOT NULL,
            priority INTEGER NOT NULL,
            lane INTEGER NOT NULL,
            destination_id INTEGER NOT NULL,
            route_id INTEGER NOT NULL,
            due_at INTEGER NOT NULL,
            queued_at INTEGER NOT NULL,
            not_before INTEGER,
            expires_at INTEGER NOT NULL,
            owner TEXT,
            lease_until INTEGER,
            finished_at INTEGER,
            attempts INTEGER NOT NULL DEFAULT 0,
            deferrals INTEGER NOT NULL DEFAULT 0,
            last_attempt_at INTEGER,
            error TEXT,
            error_id TEXT,
            diagnosis_id TEXT,
            sender TEXT,
            dsn_return INTEGER NOT NULL,
            envelope_id TEXT,
            message_id TEXT,
            subject TEXT,
            size INTEGER NOT NULL,
            has_content INTEGER NOT NULL) STRICT;
        CREATE INDEX item_waiting ON item (destination_id, lane, due_at, id) WHERE state = 0;
        CREATE INDEX item_leased ON item (lease_until) WHERE state = 1;
        CREATE INDEX item_state ON item (state, id);
        CREATE INDEX item_finished ON item (finished_at) WHERE finished_at IS NOT NULL;
        CREATE INDEX item_sent_content ON item (id) WHERE state = 3 AND has_content = 1;
        CREATE INDEX item_route ON item (route_id);

        -- The head of each lane that is not empty. ready_at: when the destination's back-off ends, and not before the
        -- head is due.
        CREATE TABLE lane (
            destination_id INTEGER NOT NULL,
            lane INTEGER NOT NULL,
            head INTEGER NOT NULL,
            ready_at INTEGER NOT NULL,
            PRIMARY KEY (destination_id, lane)) WITHOUT ROWID, STRICT;
        CREATE INDEX lane_ready ON lane (lane, ready_at, head);

        CREATE TABLE recipient (
            item_id INTEGER NOT NULL,
            position INTEGER NOT NULL,
            address TEXT NOT NULL COLLATE NOCASE,
            notify INTEGER NOT NULL,
            original TEXT,
            status INTEGER NOT NULL DEFAULT 0,
            code INTEGER,
            enhanced TEXT,
            reply TEXT,
            attempts INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (item_id, position)) WITHOUT ROWID, STRICT;

        -- The content of item n in pieces: n * 2^20 and the following numbers.
        CREATE TABLE chunk (id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;

        -- Numbers of items whose content is still being written.
        CREATE TABLE staged (id INTEGER PRIMARY KEY, touched_at INTEGER NOT NULL) STRICT;

        CREATE TABLE history (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            origin INTEGER NOT NULL,
            status INTEGER NOT NULL,
            sender TEXT COLLATE NOCASE,
            subject TEXT,
            message_id TEXT,
            size INTEGER NOT NULL,
            method TEXT,
            server TEXT,
            remote TEXT,
            code INTEGER,
            enhanced TEXT,
            reply TEXT,
            error TEXT,
            error_id TEXT,
            diagnosis_id TEXT,
            duration INTEGER NOT NULL,
            forced INTEGER NOT NULL,
            queue_id INTEGER,
            attempt INTEGER NOT NULL) STRICT;
        CREATE INDEX history_at ON history (at);
        CREATE INDEX history_sender ON history (sender, at);
        CREATE INDEX history_status ON history (status, at);
        CREATE INDEX history_message ON history (message_id) WHERE message_id IS NOT NULL;
        CREATE INDEX history_queue ON history (queue_id) WHERE queue_id IS NOT NULL;

        CREATE TABLE history_recipient (
            history_id INTEGER NOT NULL,
            position INTEGER NOT NULL,
            address TEXT NOT NULL COLLATE NOCASE,
            at INTEGER NOT NULL,
            status INTEGER NOT NULL,
            code INTEGER,
            enhanced TEXT,
            reply TEXT,
            PRIMARY KEY (history_id, position)) WITHOUT ROWID, STRICT;
        CREATE INDEX history_recipient_address ON history_recipient (address, at);

        CREATE TABLE throttle_setting (scope TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT;

        -- The windows' clock: seen_at is the machine's time when it was last noted, ahead what is to be added to it.
        CREATE TABLE throttle_clock (id INTEGER PRIMARY KEY, seen_at INTEGER NOT NULL, ahead INTEGER NOT NULL) STRICT;
        INSERT INTO throttle_clock VALUES (1, 0, 0);

        -- What attempts that have ended used up.
        CREATE TABLE throttle_use (
            key TEXT NOT NULL,
            at INTEGER NOT NULL,
            messages INTEGER NOT NULL,
            recipients INTEGER NOT NULL,
            PRIMARY KEY (key, at)) WITHOUT ROWID, STRICT;

        -- used: the sum of throttle_use after since; what is not after it has left the window.
        CREATE TABLE throttle_window (
            key TEXT NOT NULL,
            unit INTEGER NOT NULL,
            seconds INTEGER NOT NULL,
            since INTEGER NOT NULL,
            used INTEGER NOT NULL,
            PRIMARY KEY (key, unit, seconds)) WITHOUT ROWID, STRICT;

        -- Attempts that are under way, and what they use up under each key.
        CREATE TABLE throttle_reservation (
            id INTEGER PRIMARY KEY, owner TEXT NOT NULL, lease_until INTEGER NOT NULL) STRICT;
        CREATE TABLE throttle_held (
            key TEXT NOT NULL,
            reservation_id INTEGER NOT NULL,
            messages INTEGER NOT NULL,
            recipients INTEGER NOT NULL,
            PRIMARY KEY (key, reservation_id)) WITHOUT ROWID, STRICT;
        CREATE INDEX throttle_held_reservation ON throttle_held (reservation_id);

        -- The item of a key that was deferred and comes before the others.
        CREATE TABLE throttle_turn (
            key TEXT PRIMARY KEY, item INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID, STRICT;

        -- A connection that was closed stays for a moment.
        CREATE TABLE connection (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL,
            owner TEXT NOT NULL,
            lease_until INTEGER NOT NULL,
            is_open INTEGER NOT NULL) STRICT;
        """;

    private static readonly string[] Steps = [First];

    /// <summary>The version that this program reads and writes.</summary>
    public static int Version => Steps.Length;

    /// <summary>Brings the file to <see cref="Version"/>, all or nothing, within a transaction of the caller.</summary>
    /// <param name="session">The connection, in a transaction.</param>
    /// <param name="from">The version that the file has; 0 for an empty one.</param>
    public static void Migrate(SqliteSession session, int from)
    {
        foreach (var step in Steps.Skip(from))
        {
            session.Execute(step);
        }

        session.Execute(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}"));
    }
}
