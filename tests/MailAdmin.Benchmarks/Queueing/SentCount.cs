using MailAdmin.Queueing.Distribution;
using MailAdmin.Storage;

namespace MailAdmin.Benchmarks.Queueing;

/// <summary>Waits for so many sent items.</summary>
internal sealed class SentCount(int expected) : IDistributorObserver
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _sent;

    public Task Reached => _reached.Task;

    public void OnItem(DistributedItem item)
    {
        if (item.Verdict.NextState != QueueItemState.Sent)
        {
            _reached.TrySetException(new InvalidOperationException($"A message was not sent: {item.Verdict}"));
        }
        else if (Interlocked.Increment(ref _sent) == expected)
        {
            _reached.TrySetResult();
        }
    }

    public void OnDestinationClosed(DestinationState state)
    {
    }

    public void OnProgress(int done, int inWork)
    {
    }

    public void OnUpkeepFailed(StoreException failure)
    {
    }
}
