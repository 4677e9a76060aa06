using System.Globalization;

namespace MailAdmin.Server;

/// <summary>The messages that a server has taken, newest last, and who waits for more of them.</summary>
internal sealed class MessageLog(int capacity, TimeProvider time, string nonce)
{
    private readonly object _gate = new();
    private readonly Queue<ReceivedMessage> _messages = new();
    private readonly List<(long Count, TaskCompletionSource Reached)> _waiters = [];
    private long _count;
    private long _lastId;

    /// <summary>Called for each message, before its client has the reply.</summary>
    public event Action<ReceivedMessage>? Added;

    public long Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    public IReadOnlyList<ReceivedMessage> Snapshot()
    {
        lock (_gate)
        {
            return _messages.ToArray();
        }
    }

    public string NextId() => string.Create(
        CultureInfo.InvariantCulture,
        $"{time.GetUtcNow():yyyyMMdd'T'HHmmssfff'Z'}-{nonce}-{Interlocked.Increment(ref _lastId):D6}");

    public void Add(ReceivedMessage message)
    {
        lock (_gate)
        {
            _count++;
            _messages.Enqueue(message);
            if (_messages.Count > capacity)
            {
                _messages.Dequeue();
            }

            if (_waiters.Count > 0)
            {
                ReleaseWaiters();
            }
        }

        Added?.Invoke(message);
    }

    public void Clear()
    {
        lock (_gate)
        {
            _messages.Clear();
        }
    }

    /// <summary>Completes when so many messages have been taken since the server started.</summary>
    public async Task WaitAsync(int count, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_count >= count)
            {
                return;
            }

            _waiters.Add((count, reached));
        }

        try
        {
            await reached.Task.WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new SmtpTestServerException(
                "MessageNotReceived",
                MailErrorKind.Timeout,
                string.Create(
                    CultureInfo.InvariantCulture, $"Within {timeout.TotalSeconds} s {Count} of {count} messages came."),
                "Look at the transcript of the server for what the client did.",
                e);
        }
        finally
        {
            lock (_gate)
            {
                _waiters.RemoveAll(waiter => waiter.Reached == reached);
            }
        }
    }

    private void ReleaseWaiters()
    {
        foreach (var (count, reached) in _waiters)
        {
            if (_count >= count)
            {
                reached.TrySetResult();
            }
        }
    }
}
