namespace MailAdmin.Server.Personalities;

/// <summary>Counts what happened within the last so long; by the clock that is given, without waiting.</summary>
internal sealed class SlidingWindow(TimeSpan length, TimeProvider time)
{
    private readonly Queue<(DateTimeOffset At, int Count)> _entries = new();
    private int _total;

    /// <summary>The sum of what is not too old.</summary>
    public int Total
    {
        get
        {
            var oldest = time.GetUtcNow() - length;
            while (_entries.TryPeek(out var entry) && entry.At <= oldest)
            {
                _total -= _entries.Dequeue().Count;
            }

            return _total;
        }
    }

    public void Add(int count)
    {
        _entries.Enqueue((time.GetUtcNow(), count));
        _total += count;
    }
}
