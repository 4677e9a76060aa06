namespace MailAdmin.Storage.Sqlite;

/// <summary>The store in one SQLite file.</summary>
internal sealed class SqliteMailStore : IMailStore
{
    /// <summary>How long others may keep the file locked.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SqliteReaders _readers;
    private readonly SqliteWriter _writer;
    private readonly TimeProvider _clock;

    private SqliteMailStore(SqliteSession session, TimeProvider clock, TimeSpan patience)
    {
        _clock = clock;
        Location = session.Path;
        _writer = new SqliteWriter(session, clock, patience);
        _readers = new SqliteReaders(() => SqliteFile.Open(Location), patience);
        Queue = new SqliteQueue(_writer, _readers);
        Throttle = new SqliteThrottleStore(_writer, _readers, clock);
        History = new SqliteHistory(_writer, _readers);
        Options = new SqliteOptions(_writer, _readers);
    }

    public string Location { get; }

    public IQueueStore Queue { get; }

    public IThrottleStore Throttle { get; }

    public IHistoryStore History { get; }

    public IOptionStore Options { get; }

    /// <summary>Opens the store in a file, and makes it if there is none.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="access">Who else may use a file that is made.</param>
    /// <param name="clock">The store's clock.</param>
    /// <param name="patience">How long others may keep the file locked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<SqliteMailStore> OpenAsync(
        string path, StoreAccess access, TimeProvider clock, TimeSpan patience, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                StoreFile.Ensure(path, access);
                return new SqliteMailStore(SqliteFile.Prepare(path, patience, cancellationToken), clock, patience);
            },
            cancellationToken);

    public ValueTask<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => new(_clock.GetUtcNow());

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync().ConfigureAwait(false);
        _readers.Dispose();
    }
}
