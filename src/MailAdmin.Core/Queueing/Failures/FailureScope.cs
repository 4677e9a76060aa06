namespace MailAdmin.Queueing.Failures;

/// <summary>What a failure is about, and so what waits or ends because of it.</summary>
public enum FailureScope
{
    /// <summary>There was none.</summary>
    None,

    /// <summary>Single recipients: each by its own reply.</summary>
    Recipient,

    /// <summary>The message as a whole: its sender, size, form or content.</summary>
    Message,

    /// <summary>The session broke while the message was under way. Only this message waits.</summary>
    Session,

    /// <summary>
    /// No session can be had, or the server wants to be left alone. All mail for the destination waits.
    /// </summary>
    Destination,

    /// <summary>A quota of the sender is used up. All mail for the destination waits, longer.</summary>
    Quota,

    /// <summary>
    /// The login is refused or impossible. All mail for the destination waits, longer still, as each further try can
    /// bring the account nearer to being locked.
    /// </summary>
    Login,

    /// <summary>Nobody knows whether the server has taken the message.</summary>
    Unknown,
}
