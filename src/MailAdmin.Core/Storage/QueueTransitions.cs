namespace MailAdmin.Storage;

/// <summary>Which changes of state are legal, for every store: those beside <see cref="QueueItemState"/>.</summary>
public static class QueueTransitions
{
    /// <summary>True when nothing more happens to an item in that state by itself.</summary>
    public static bool IsFinished(this QueueItemState state) =>
        state is QueueItemState.Sent or QueueItemState.PartlySent or QueueItemState.Failed or QueueItemState.Expired;

    /// <summary>True when an item may go from the one state to the other.</summary>
    public static bool MayBecome(this QueueItemState from, QueueItemState to) => from switch
    {
        QueueItemState.Waiting => to == QueueItemState.Sending,
        QueueItemState.Sending => to == QueueItemState.Waiting || to.IsFinished(),
        QueueItemState.Held or QueueItemState.PartlySent or QueueItemState.Failed or QueueItemState.Expired =>
            to == QueueItemState.Waiting,
        _ => false,
    };

    /// <summary>True when an item in that state may be removed.</summary>
    public static bool MayBeRemoved(this QueueItemState state) => state != QueueItemState.Sending;
}
