using System.Globalization;
using MailAdmin.Queueing.Distribution;
using MailAdmin.Storage;

namespace MailAdmin.Queueing.Events;

/// <summary>
/// Tells the system's log what an administrator should see of a distributor, and passes everything on.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="next">Who is told besides; null for nobody.</param>
public sealed class EventObserver(IEventLog log, IDistributorObserver? next) : IDistributorObserver
{
    /// <summary>The number of the event that a run has ended.</summary>
    public const int RunEnded = 1000;

    /// <summary>The number of the event that an item has failed or expired, for some recipients or all.</summary>
    public const int ItemFailed = 1001;

    /// <summary>The number of the event that a destination gives no session.</summary>
    public const int DestinationClosed = 1002;

    /// <summary>The number of the event that old items and history could not be removed.</summary>
    public const int UpkeepFailed = 1003;

    /// <inheritdoc/>
    public void OnItem(DistributedItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var state = item.Verdict.NextState;
        if (state.IsFinished() && state != QueueItemState.Sent)
        {
            log.Write(EventSeverity.Error, ItemFailed, string.Create(
                CultureInfo.InvariantCulture,
                $"item={item.Item.Id} state={state} destination=\"{item.Item.Destination}\" "
                + $"message-id=<{item.Item.MessageId}>: {item.Verdict.Error?.Message ?? item.Item.LastError}"));
        }

        next?.OnItem(item);
    }

    /// <inheritdoc/>
    public void OnDestinationClosed(DestinationState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        log.Write(EventSeverity.Warning, DestinationClosed, string.Create(
            CultureInfo.InvariantCulture,
            $"destination=\"{state.Destination}\" failures={state.Failures} until={state.NotBefore:u}: {state.Error}"));
        next?.OnDestinationClosed(state);
    }

    /// <inheritdoc/>
    public void OnUpkeepFailed(StoreException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        log.Write(EventSeverity.Warning, UpkeepFailed, $"old items and history were not removed: {failure.Message}");
        next?.OnUpkeepFailed(failure);
    }

    /// <inheritdoc/>
    public void OnProgress(int done, int inWork) => next?.OnProgress(done, inWork);

    /// <summary>Tells the sum of a run, unless there was nothing to do.</summary>
    public void OnEnd(DistributorSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        if (summary.Sent + summary.PartlySent + summary.Failed + summary.Expired + summary.Deferred > 0)
        {
            log.Write(EventSeverity.Information, RunEnded, string.Create(
                CultureInfo.InvariantCulture,
                $"sent={summary.Sent} partly={summary.PartlySent} failed={summary.Failed} expired={summary.Expired} "
                + $"deferred={summary.Deferred} throttled={summary.Throttled}"));
        }
    }
}
