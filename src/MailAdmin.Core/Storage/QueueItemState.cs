namespace MailAdmin.Storage;

/// <summary>Where an item of the queue stands.</summary>
/// <remarks>
/// The legal transitions; <see cref="QueueTransitions"/> enforces them:
/// <code>
/// (added)    → Waiting | Held
/// Waiting    → Sending   taken, with a lease
/// Sending    → Waiting   given back, to be tried again, or the lease ran out
///            → Sent | PartlySent | Failed | Expired
/// Held       → Waiting   resumed
/// PartlySent → Waiting   resumed, for those who do not have it
/// Failed     → Waiting   resumed
/// Expired    → Waiting   resumed
/// any but Sending → (removed)
/// </code>
/// </remarks>
public enum QueueItemState
{
    /// <summary>It is sent when it is due.</summary>
    Waiting,

    /// <summary>A distributor has it in work, until its lease ends.</summary>
    Sending,

    /// <summary>It waits for somebody to resume it.</summary>
    Held,

    /// <summary>The next server took it for every recipient.</summary>
    Sent,

    /// <summary>Finished: some recipients have it, the others will not get it.</summary>
    PartlySent,

    /// <summary>Finished: no recipient has it, and another attempt would fail again.</summary>
    Failed,

    /// <summary>Finished: no recipient had it when its time was over.</summary>
    Expired,
}
