namespace MailAdmin.Storage.Sqlite;

/// <summary>
/// The one writer of a process. Changes that come while it commits go into the next commit together: that is the group
/// commit. It has a thread of its own, as SQLite blocks.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MostOperations = 1024;
    private const long MostOctets = 8 * 1024 * 1024;

    // A monitor: waiting for a task would have the thread spin for a while after each commit.
    private readonly Queue<WriteOperation> _waiting = new();
    private bool _isClosed;

    private readonly SqliteSession _session;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _patience;
    private readonly Task _loop;

    /// <summary>Starts it.</summary>
    /// <param name="session">The connection, which it owns.</param>
    /// <param name="clock">The store's clock.</param>
    /// <param name="patience">How long others may keep the file locked.</param>
    public SqliteWriter(SqliteSession session, TimeProvider clock, TimeSpan patience)
    {
        _session = session;
        _clock = clock;
        _patience = patience;
        _loop = Task.Factory.StartNew(
            Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Makes a change in a transaction.</summary>
    /// <param name="change">
    /// What to do; it may be called again if another change in the same transaction failed.
    /// </param>
    /// <param name="weight">About how many octets it writes.</param>
    /// <param name="cancellationToken">Gives up, unless the transaction has begun.</param>
    /// <returns>The result, when it is committed.</returns>
    public Task<T> RunAsync<T>(Func<WriteScope, T> change, CancellationToken cancellationToken, long weight = 0)
    {
        var operation = new WriteOperation<T>(change, weight, cancellationToken);
        lock (_waiting)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _waiting.Enqueue(operation);
            Monitor.Pulse(_waiting);
        }

        return operation.Result;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (_waiting)
        {
            _isClosed = true;
            Monitor.Pulse(_waiting);
        }

        await _loop.ConfigureAwait(false);
        _session.Dispose();
    }

    private void Loop()
    {
        var group = new List<WriteOperation>();
        while (Gather(group))
        {
            group.RemoveAll(IsGivenUp);
            if (group.Count > 0)
            {
                Commit(group);
            }

            group.Clear();
        }
    }

    private static bool IsGivenUp(WriteOperation operation)
    {
        if (!operation.IsCancelled)
        {
            return false;
        }

        operation.Cancel();
        return true;
    }

    /// <summary>Waits for operations, and takes what goes into one transaction.</summary>
    /// <returns>False when no more are to come.</returns>
    private bool Gather(List<WriteOperation> group)
    {
        lock (_waiting)
        {
            while (_waiting.Count == 0)
            {
                if (_isClosed)
                {
                    return false;
                }

                Monitor.Wait(_waiting);
            }

            long octets = 0;
            while (group.Count < MostOperations && octets < MostOctets && _waiting.TryDequeue(out var operation))
            {
                octets += operation.Weight;
                group.Add(operation);
            }

            return true;
        }
    }

    private void Commit(List<WriteOperation> group)
    {
        if (TryCommit(group) is not { } failure)
        {
            return;
        }

        if (group.Count == 1)
        {
            group[0].Fail(failure);
            return;
        }

        // One of them is at fault, or they are too much together: each on its own.
        foreach (var operation in group)
        {
            if (TryCommit([operation]) is { } own)
            {
                operation.Fail(own);
            }
        }
    }

    /// <summary>Commits a group, and tells its operations so.</summary>
    /// <returns>Why it did not; null when it did, or when nobody wanted it.</returns>
    private Exception? TryCommit(List<WriteOperation> group)
    {
        try
        {
            if (!Begin(group))
            {
                group.ForEach(operation => operation.Cancel());
                return null;
            }

            var scope = new WriteScope(_session, _clock);
            foreach (var operation in group)
            {
                operation.Run(scope);
            }

            scope.Complete();
            _session.Execute("COMMIT");
        }
        catch (Exception failure)
        {
            if (!_session.IsIdle)
            {
                _session.TryExecute("ROLLBACK");
            }

            return failure is SqliteCodeException code
                ? SqliteFault.ToException(code.Code, code.Message, _session.Path)
                : failure;
        }

        group.ForEach(operation => operation.Complete());
        return null;
    }

    private bool Begin(List<WriteOperation> group)
    {
        var wait = new SqliteWait(_patience);
        while (true)
        {
            var code = _session.TryExecute("BEGIN IMMEDIATE");
            if (!SqliteFault.IsBusy(code))
            {
                _session.Check(code);
                return true;
            }

            if (group.TrueForAll(operation => operation.IsCancelled))
            {
                return false;
            }

            if (!wait.Again())
            {
                throw SqliteFault.Busy(_session.Path);
            }
        }
    }
}
