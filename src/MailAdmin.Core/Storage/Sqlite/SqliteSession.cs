using SQLitePCL;

namespace MailAdmin.Storage.Sqlite;

/// <summary>One connection to the file, with its prepared statements. For one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    // For what SQLite itself waits for, such as another process's recovery. Longer waits are the callers', as this
    // blocks.
    private const int BusyMilliseconds = 100;

    private readonly sqlite3 _database;
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    private SqliteSession(sqlite3 database, string path)
    {
        _database = database;
        Path = path;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>True when the system lets it be read only.</summary>
    public bool IsReadOnly => raw.sqlite3_db_readonly(_database, "main") == 1;

    /// <summary>The number of rows that the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_database);

    /// <summary>
    /// The number of the row that was inserted last. RETURNING would say it too, but has each INSERT keep copies of all
    /// pages that it touches.
    /// </summary>
    public long LastInserted => raw.sqlite3_last_insert_rowid(_database);

    /// <summary>True outside a transaction. SQLite ends one by itself when the disk is full.</summary>
    public bool IsIdle => raw.sqlite3_get_autocommit(_database) != 0;

    /// <summary>Opens a file that is there.</summary>
    public static SqliteSession Open(string path)
    {
        Batteries_V2.Init();
        var code = raw.sqlite3_open_v2(
            path, out var database, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, null);
        var session = new SqliteSession(database, path);
        try
        {
            session.Check(code);
            raw.sqlite3_extended_result_codes(database, 1);
            raw.sqlite3_busy_timeout(database, BusyMilliseconds);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements that return nothing and take no values.</summary>
    public void Execute(string sql) => Check(TryExecute(sql));

    /// <summary>Runs them and returns the result code.</summary>
    public int TryExecute(string sql) => raw.sqlite3_exec(_database, sql);

    /// <summary>A statement, prepared once, to be disposed after use.</summary>
    public Statement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle));
            statement = new Statement(this, handle);
            _statements.Add(sql, statement);
        }

        return statement.Start();
    }

    /// <summary>The first column of the first row as a number; null when there is none.</summary>
    public long? Number(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.NumberOrNull(0) : null;
    }

    /// <summary>Throws what a result code means, unless it is a good one.</summary>
    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new SqliteCodeException(code, raw.sqlite3_errmsg(_database).utf8_to_string());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Free();
        }

        _database.Dispose();
    }
}
