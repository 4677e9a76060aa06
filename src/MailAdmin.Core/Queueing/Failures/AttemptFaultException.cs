namespace MailAdmin.Queueing.Failures;

/// <summary>Something went wrong in MailAdmin itself with one message; the others are not to suffer from it.</summary>
/// <param name="cause">What it was.</param>
public sealed class AttemptFaultException(Exception cause) : MailException(
    "AttemptFault",
    MailErrorKind.Protocol,
    $"MailAdmin failed with this message: {cause.GetType().Name}: {cause.Message}",
    "Report this together with the message's form; the item is tried again.",
    cause)
{
    /// <inheritdoc/>
    public override bool IsTransient => true;
}
