namespace MailAdmin.Smtp;

/// <summary>
/// The message had gone out completely when the session broke, so that nobody on this side knows whether the server has
/// taken it (RFC 1047). It is never sent again by itself.
/// </summary>
/// <param name="cause">How the session broke.</param>
public sealed class OutcomeUnknownException(MailException cause) : SmtpException(
    "SmtpOutcomeUnknown",
    cause.Kind,
    SmtpStage.EndOfData,
    "The message was sent completely, but the server's confirmation did not arrive; it may have been delivered. " +
    cause.Message,
    "Look in the server's log or ask a recipient before sending again; another attempt keeps the Message-ID, so that " +
    "most mailboxes show it once.",
    innerException: cause)
{
    /// <inheritdoc/>
    public override bool IsTransient => true;
}
