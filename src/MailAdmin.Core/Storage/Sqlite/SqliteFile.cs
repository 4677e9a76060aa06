using System.Globalization;
using SQLitePCL;

namespace MailAdmin.Storage.Sqlite;

/// <summary>Opens connections to a store's file, which it makes or brings up to date first if need be.</summary>
internal static class SqliteFile
{
    // Larger steps than SQLite's own 1000 pages, as each checkpoint waits for the disk twice.
    private const string Settings =
        """
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA cache_size = -16000;
        PRAGMA temp_store = MEMORY;
        PRAGMA trusted_schema = OFF
        """;

    /// <summary>Opens the file, and makes it a store of this version if it is empty or older.</summary>
    /// <param name="path">A file that is there; it may be empty.</param>
    /// <param name="patience">How long others may keep it locked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">It is no store, damaged, from a newer version, or kept locked.</exception>
    public static SqliteSession Prepare(string path, TimeSpan patience, CancellationToken cancellationToken)
    {
        var session = Guard(path, () => SqliteSession.Open(path));
        try
        {
            var wait = new SqliteWait(patience);
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    Prepare(session);
                    return session;
                }
                catch (SqliteCodeException failure) when (SqliteFault.IsBusy(failure.Code) && wait.Again())
                {
                }
            }
        }
        catch (Exception failure)
        {
            session.Dispose();
            if (failure is SqliteCodeException code)
            {
                throw SqliteFault.ToException(code.Code, code.Message, path);
            }

            throw;
        }
    }

    /// <summary>Opens another connection to a file that is prepared.</summary>
    public static SqliteSession Open(string path) => Guard(path, () =>
    {
        var session = SqliteSession.Open(path);
        session.Execute(Settings);
        return session;
    });

    private static void Prepare(SqliteSession session)
    {
        // In a transaction, so that what is read belongs together though another process is making the store just now.
        var version = Within(session, "BEGIN", () => Version(session));
        if (version < SqliteSchema.Version)
        {
            if (session.IsReadOnly)
            {
                throw new SqliteCodeException(raw.SQLITE_READONLY, "");
            }

            if (version == 0)
            {
                session.Execute("PRAGMA journal_mode = WAL");
            }

            _ = Within(session, "BEGIN IMMEDIATE", () =>
            {
                // Another process may have done it while this one waited.
                var found = Version(session);
                SqliteSchema.Migrate(session, found);
                return found;
            });
        }

        session.Execute(Settings);
    }

    private static int Within(SqliteSession session, string begin, Func<int> work)
    {
        session.Execute(begin);
        try
        {
            var result = work();
            session.Execute("COMMIT");
            return result;
        }
        finally
        {
            if (!session.IsIdle)
            {
                session.TryExecute("ROLLBACK");
            }
        }
    }

    private static int Version(SqliteSession session)
    {
        var version = session.Number("PRAGMA user_version") ?? 0;
        var application = session.Number("PRAGMA application_id") ?? 0;
        var isEmpty = session.Number("SELECT count(*) FROM (SELECT 1 FROM sqlite_schema LIMIT 1)") == 0;
        if (isEmpty && version == 0 && application == 0)
        {
            return 0;
        }

        if (application != SqliteSchema.ApplicationId)
        {
            throw StoreFaults.Damaged(session.Path, "it is a database of something else");
        }

        return version <= SqliteSchema.Version
            ? (int)version
            : throw new StoreException(
                StoreFault.NewerVersion,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A newer MailAdmin made the store '{session.Path}': it has version {version}, " +
                    $"this one knows {SqliteSchema.Version}."),
                "Update MailAdmin on this machine, or name another file in MAILADMIN_STORE. Nothing was changed.");
    }

    private static SqliteSession Guard(string path, Func<SqliteSession> open)
    {
        try
        {
            return open();
        }
        catch (SqliteCodeException failure)
        {
            throw SqliteFault.ToException(failure.Code, failure.Message, path);
        }
    }
}
