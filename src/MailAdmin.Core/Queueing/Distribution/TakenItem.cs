using MailAdmin.Storage;

namespace MailAdmin.Queueing.Distribution;

/// <summary>An item that this distributor has a lease of.</summary>
/// <param name="item">The item as it was taken.</param>
/// <param name="content">Its content, if that was read ahead.</param>
internal sealed class TakenItem(QueueItem item, byte[]? content)
{
    private volatile bool _isLost;

    internal QueueItem Item { get; } = item;

    internal byte[]? Content { get; } = content;

    /// <summary>True when the lease was lost: it must not be sent any more.</summary>
    internal bool IsLost => _isLost;

    internal void Lose() => _isLost = true;
}
