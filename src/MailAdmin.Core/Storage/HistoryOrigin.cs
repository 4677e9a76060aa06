namespace MailAdmin.Storage;

/// <summary>What made an attempt.</summary>
public enum HistoryOrigin
{
    /// <summary>A command sent it while its user waited.</summary>
    Interactive,

    /// <summary>A distributor sent it from the queue.</summary>
    Batch,
}
