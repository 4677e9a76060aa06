using MailAdmin.Queueing.Failures;
using MailAdmin.Storage;
using MailAdmin.Transports;

namespace MailAdmin.Queueing.Distribution;

/// <summary>Tells people that a message will not reach somebody.</summary>
public interface IFailureNotices
{
    /// <summary>
    /// Queues what is to be told about an item that has come to its end. Called before that is written down, so that no
    /// notice gets lost; called again for the same item, it makes the same notice.
    /// </summary>
    /// <param name="item">The item as it was taken.</param>
    /// <param name="verdict">Its end.</param>
    /// <param name="report">The last attempt; null when there was none.</param>
    /// <param name="now">The store's time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MailException">The notice cannot be queued.</exception>
    Task NotifyAsync(
        QueueItem item,
        AttemptVerdict verdict,
        DeliveryReport? report,
        DateTimeOffset now,
        CancellationToken cancellationToken);
}
