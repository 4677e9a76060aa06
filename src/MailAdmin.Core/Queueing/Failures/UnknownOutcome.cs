namespace MailAdmin.Queueing.Failures;

/// <summary>
/// What to do with a message that went out completely and whose reply got lost (RFC 1047). The sender must choose: send
/// again, and some message arrives twice; or never again, and some message does not arrive.
/// </summary>
public enum UnknownOutcome
{
    /// <summary>
    /// Send again, with the same Message-ID: what RFC 5321 §4.5.4.1 asks of every sender, and the only way to lose
    /// nothing. Most mailboxes show the two as one.
    /// </summary>
    SendAgain,

    /// <summary>
    /// Never send again by itself: the item fails, its report says that it may have arrived, and somebody who has
    /// looked may resume it. For mail that does harm when it comes twice, such as orders to a machine. A distributor
    /// that is killed leaves no such decision behind: what it had in work is sent again.
    /// </summary>
    GiveUp,
}
