namespace MailAdmin.Queueing.Distribution;

/// <summary>
/// How many items a lane is to have in stock: about what it gets rid of in a second or two. So a fast destination is
/// never out of work, and a slow one keeps little from other distributors. For one thread at a time.
/// </summary>
internal sealed class LaneRoom(TimeProvider time)
{
    /// <summary>What a destination is given at first, before anything is known of its speed.</summary>
    internal const int First = 16;

    private const int Smallest = 4;
    private const int Largest = 512;
    private static readonly TimeSpan Fast = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    private int _size = First;
    private long _filledAt = time.GetTimestamp();
    private bool _isMeasured = true;

    /// <summary>It was given items.</summary>
    internal void Filled()
    {
        _filledAt = time.GetTimestamp();
        _isMeasured = false;
    }

    /// <summary>True when half of the stock is used up.</summary>
    internal bool IsLow(int waiting) => waiting <= _size / 2;

    /// <summary>How many items to add to those that wait; 0 when there are enough.</summary>
    internal int For(int waiting)
    {
        if (!IsLow(waiting))
        {
            return 0;
        }

        if (!_isMeasured)
        {
            _isMeasured = true;
            var took = time.GetElapsedTime(_filledAt);
            _size = took < Fast ? Math.Min(Largest, _size * 2) : took > Slow ? Math.Max(Smallest, _size / 2) : _size;
        }

        return _size - waiting;
    }
}
