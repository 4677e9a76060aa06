using SQLitePCL;

namespace MailAdmin.Storage.Sqlite;

/// <summary>
/// A prepared statement; values are bound in the order of its parameters. Disposing makes it ready for the next use.
/// </summary>
internal sealed class Statement(SqliteSession session, sqlite3_stmt handle) : IDisposable
{
    private int _bound;
    private bool _isInUse;

    /// <summary>Begins a use.</summary>
    public Statement Start()
    {
        if (_isInUse)
        {
            throw new InvalidOperationException("The statement is in use.");
        }

        _isInUse = true;
        _bound = 0;
        return this;
    }

    public Statement Bind(long value)
    {
        session.Check(raw.sqlite3_bind_int64(handle, ++_bound, value));
        return this;
    }

    public Statement Bind(long? value) => value is { } number ? Bind(number) : BindNull();

    public Statement Bind(string? value)
    {
        if (value is null)
        {
            return BindNull();
        }

        session.Check(raw.sqlite3_bind_text(handle, ++_bound, value));
        return this;
    }

    public Statement Bind(ReadOnlySpan<byte> value)
    {
        session.Check(raw.sqlite3_bind_blob(handle, ++_bound, value));
        return this;
    }

    public Statement BindTime(DateTimeOffset value) => Bind(SqliteTime.From(value));

    public Statement BindTime(DateTimeOffset? value) => Bind(value is { } time ? SqliteTime.From(time) : null);

    /// <summary>Binds a number or a text whose type is known at run time only.</summary>
    public Statement BindValue(object value) => value is string text ? Bind(text) : Bind((long)value);

    /// <summary>Goes to the next row.</summary>
    /// <returns>False when there is none.</returns>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        session.Check(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Runs to its end.</summary>
    /// <returns>The number of rows changed.</returns>
    public int Run()
    {
        while (Step())
        {
        }

        return session.Changes;
    }

    public long Number(int column) => raw.sqlite3_column_int64(handle, column);

    public long? NumberOrNull(int column) =>
        raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL ? null : Number(column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    public string? TextOrNull(int column) =>
        raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL ? null : Text(column);

    public DateTimeOffset Time(int column) => SqliteTime.To(Number(column));

    public DateTimeOffset? TimeOrNull(int column) => NumberOrNull(column) is { } value ? SqliteTime.To(value) : null;

    /// <summary>The octets, valid until the next step.</summary>
    public ReadOnlySpan<byte> Octets(int column) => raw.sqlite3_column_blob(handle, column);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The code repeats what the last step has reported.
        raw.sqlite3_reset(handle);
        raw.sqlite3_clear_bindings(handle);
        _isInUse = false;
    }

    /// <summary>Ends it for good.</summary>
    public void Free() => handle.Dispose();

    private Statement BindNull()
    {
        session.Check(raw.sqlite3_bind_null(handle, ++_bound));
        return this;
    }
}
