namespace MailAdmin.Transports;

/// <summary>What became of a message as a whole.</summary>
public enum DeliveryStatus
{
    /// <summary>The next server took it for every recipient.</summary>
    Sent,

    /// <summary>The next server took it for some recipients.</summary>
    PartlySent,

    /// <summary>It waits in the queue of this product.</summary>
    Queued,

    /// <summary>No recipient has it yet as far as is known; another attempt may succeed.</summary>
    Deferred,

    /// <summary>No recipient has it, and the same attempt would fail again.</summary>
    Failed,
}
