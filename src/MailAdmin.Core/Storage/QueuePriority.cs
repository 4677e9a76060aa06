namespace MailAdmin.Storage;

/// <summary>How urgent an item of the queue is; see <see cref="PriorityTurns"/> for what it means.</summary>
public enum QueuePriority
{
    /// <summary>Goes before the others.</summary>
    High,

    /// <summary>The default.</summary>
    Normal,

    /// <summary>Goes behind the others, yet goes.</summary>
    Low,
}
