using MailAdmin.Storage;

namespace MailAdmin.Queueing.Distribution;

/// <summary>An item that this distributor has a lease of.</summary>
/// <param name="item">The item as it was taken.</param>
internal sealed class TakenItem(QueueItem item)
{
    private volatile bool _isLost;

    internal QueueItem Item { get; } = item;

    /// <summary>True when the lease was lost: it must not be sent any more.</summary>
    internal bool IsLost => _isLost;

    internal void Lose() => _isLost = true;
}
