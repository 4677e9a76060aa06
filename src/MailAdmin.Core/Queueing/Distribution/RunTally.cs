using MailAdmin.Queueing.Failures;
using MailAdmin.Storage;

namespace MailAdmin.Queueing.Distribution;

/// <summary>Counts what a run does, and tells its observer.</summary>
internal sealed class RunTally(IDistributorObserver? observer, Func<int> inWork)
{
    private readonly object _lock = new();
    private DistributorSummary _sum = new();
    private int _done;

    internal DistributorSummary Sum
    {
        get
        {
            lock (_lock)
            {
                return _sum;
            }
        }
    }

    internal void Count(DistributedItem item)
    {
        int done;
        lock (_lock)
        {
            done = ++_done;
            _sum = item.Verdict.NextState switch
            {
                QueueItemState.Sent => _sum with { Sent = _sum.Sent + 1 },
                QueueItemState.PartlySent => _sum with { PartlySent = _sum.PartlySent + 1 },
                QueueItemState.Failed => _sum with { Failed = _sum.Failed + 1 },
                QueueItemState.Expired => _sum with { Expired = _sum.Expired + 1 },
                _ => _sum with { Deferred = _sum.Deferred + 1 },
            };
            _sum = item.IsForced ? _sum with { Forced = _sum.Forced + 1 } : _sum;
        }

        observer?.OnItem(item);
        observer?.OnProgress(done, inWork());
    }

    internal void CountThrottled()
    {
        lock (_lock)
        {
            _sum = _sum with { Throttled = _sum.Throttled + 1 };
        }
    }

    internal void CountRound()
    {
        lock (_lock)
        {
            _sum = _sum with { Rounds = _sum.Rounds + 1 };
        }
    }

    internal void Closed(AttemptVerdict verdict)
    {
        if (verdict is { ClosesDestination: true, Destination: { } state })
        {
            observer?.OnDestinationClosed(state);
        }
    }
}
