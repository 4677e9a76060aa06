namespace MailAdmin.Queueing.Distribution;

/// <summary>
/// The attempts of one connection that are not done. Few of them travel at a time; more may have their answer and wait
/// until it is written down, so that the connection does not stand still for the disk.
/// </summary>
/// <param name="most">The most that are not done.</param>
internal sealed class LaneAttempts(int most)
{
    /// <summary>
    /// One travels, another is ready behind it, and one is being prepared. More would only be kept from the lane's
    /// other connections.
    /// </summary>
    internal const int MostTravelling = 3;

    private readonly Queue<Task> _travelling = new();
    private readonly Queue<Task> _undone = new();

    internal bool IsEmpty => _undone.Count == 0;

    /// <summary>Begins an attempt.</summary>
    /// <param name="begin">Does it; what it is given is to be called when it does not travel any more.</param>
    internal void Add(Func<Action, Task> begin)
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _undone.Enqueue(begin(() => answered.TrySetResult()));
        _travelling.Enqueue(answered.Task);
    }

    /// <summary>Waits until another may begin.</summary>
    /// <param name="isProven">False while one at a time is to be risked.</param>
    internal async Task MakeRoomAsync(bool isProven)
    {
        while (_travelling.Count >= MostTravelling)
        {
            await _travelling.Dequeue().ConfigureAwait(false);
        }

        while (_undone.Count >= (isProven ? most : 1))
        {
            await WhenOldestIsDoneAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the oldest, whose outcome is written down then.</summary>
    internal Task WhenOldestIsDoneAsync() => _undone.Dequeue();

    /// <summary>Waits for all.</summary>
    internal Task WhenAllAreDoneAsync() => Task.WhenAll(_undone);
}
