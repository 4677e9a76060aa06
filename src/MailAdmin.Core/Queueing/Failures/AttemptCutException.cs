namespace MailAdmin.Queueing.Failures;

/// <summary>
/// A distributor had to stop while a message was on its way, and did not learn whether the server took it.
/// </summary>
public sealed class AttemptCutException() : MailException(
    "AttemptCut",
    MailErrorKind.Timeout,
    "The distributor had to stop while the message was on its way, so the server may have taken it.",
    "Nothing needs to be done; another attempt keeps the Message-ID, so that most mailboxes show it once.")
{
    /// <inheritdoc/>
    public override bool IsTransient => true;
}
