namespace MailAdmin.Storage.Sqlite;

/// <summary>
/// Waits for a lock that another connection holds. SQLite's own wait cannot be cancelled and grows to a tenth of a
/// second, in which a busy neighbour gets the lock again and again; this one asks every few milliseconds.
/// </summary>
internal sealed class SqliteWait(TimeSpan longest)
{
    private const int MostMilliseconds = 4;

    private readonly System.Diagnostics.Stopwatch _waited = System.Diagnostics.Stopwatch.StartNew();

    /// <summary>Waits a little.</summary>
    /// <returns>False when it was long enough.</returns>
    public bool Again()
    {
        if (_waited.Elapsed >= longest)
        {
            return false;
        }

        Thread.Sleep(Random.Shared.Next(1, MostMilliseconds + 1));
        return true;
    }
}
