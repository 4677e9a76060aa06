namespace MailAdmin.Storage.Sqlite;

/// <summary>The options in a SQLite file.</summary>
internal sealed class SqliteOptions(SqliteWriter writer, SqliteReaders readers) : IOptionStore
{
    public async ValueTask<IReadOnlyDictionary<string, string>> GetAsync(CancellationToken cancellationToken) =>
        await readers.RunAsync(
            session =>
            {
                var options = new Dictionary<string, string>(StringComparer.Ordinal);
                using var select = session.Prepare("SELECT name, value FROM option");
                while (select.Step())
                {
                    options.Add(select.Text(0), select.Text(1));
                }

                return options;
            },
            cancellationToken).ConfigureAwait(false);

    public Task SetAsync(IReadOnlyDictionary<string, string?> changes, CancellationToken cancellationToken) =>
        writer.RunAsync(
            scope =>
            {
                foreach (var (name, value) in changes)
                {
                    Set(scope.Session, name, value);
                }

                return changes.Count;
            },
            cancellationToken);

    private static void Set(SqliteSession session, string name, string? value)
    {
        using var statement = value is null
            ? session.Prepare("DELETE FROM option WHERE name = ?").Bind(name)
            : session.Prepare(
                    "INSERT INTO option VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
                .Bind(name).Bind(value);
        statement.Run();
    }
}
