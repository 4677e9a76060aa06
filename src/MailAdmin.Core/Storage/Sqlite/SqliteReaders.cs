using System.Collections.Concurrent;

namespace MailAdmin.Storage.Sqlite;

/// <summary>Connections for reading, as many as are in use at a time. Each read is one short step.</summary>
internal sealed class SqliteReaders(Func<SqliteSession> open, TimeSpan patience) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> _free = [];
    private volatile bool _isDisposed;

    /// <summary>Reads on a thread of the pool.</summary>
    public Task<T> RunAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken) =>
        Task.Run(() => Run(read, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        while (_free.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private T Run<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var session = _free.TryTake(out var free) ? free : open();
        try
        {
            return Read(session, read, cancellationToken);
        }
        finally
        {
            _free.Add(session);
            if (_isDisposed)
            {
                Dispose();
            }
        }
    }

    private T Read<T>(SqliteSession session, Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        var wait = new SqliteWait(patience);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                // One transaction, so that what is read in several statements fits together.
                session.Execute("BEGIN");
                try
                {
                    return read(session);
                }
                finally
                {
                    session.TryExecute("COMMIT");
                }
            }
            catch (SqliteCodeException failure) when (SqliteFault.IsBusy(failure.Code) && wait.Again())
            {
            }
            catch (SqliteCodeException failure)
            {
                throw SqliteFault.ToException(failure.Code, failure.Message, session.Path);
            }
        }
    }
}
