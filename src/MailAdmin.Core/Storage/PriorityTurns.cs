namespace MailAdmin.Storage;

/// <summary>
/// Shares the turns among the priorities: of sixteen turns one is Low's, three are Normal's and twelve High's, and a
/// turn that its priority does not need goes to the most urgent that waits. So High goes first however many others
/// wait, and Low still gets at least a sixteenth. Every store takes in this order.
/// </summary>
public static class PriorityTurns
{
    private const int Round = 16;

    /// <summary>Whose turn it is.</summary>
    /// <param name="turn">The number of the turn, counted on by all processes.</param>
    /// <param name="waits">Whether an item of that priority could go.</param>
    /// <returns>The priority; null when none could.</returns>
    public static QueuePriority? Next(long turn, Func<QueuePriority, bool> waits)
    {
        ArgumentNullException.ThrowIfNull(waits);
        var owner = (turn % Round) switch
        {
            Round - 1 => QueuePriority.Low,
            3 or 7 or 11 => QueuePriority.Normal,
            _ => QueuePriority.High,
        };
        return waits(owner) ? owner
            : waits(QueuePriority.High) ? QueuePriority.High
            : waits(QueuePriority.Normal) ? QueuePriority.Normal
            : waits(QueuePriority.Low) ? QueuePriority.Low
            : null;
    }
}
