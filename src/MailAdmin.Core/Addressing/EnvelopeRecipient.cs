namespace MailAdmin.Addressing;

/// <summary>One RCPT TO of a transaction.</summary>
/// <param name="Address">Whom the server is to deliver to.</param>
/// <param name="Notify">When it is to report (DSN NOTIFY); sent only to servers that offer DSN.</param>
/// <param name="OriginalRecipient">The address the report names (DSN ORCPT, RFC 3461 §4.2), or null.</param>
public sealed record EnvelopeRecipient(
    EmailAddress Address,
    DsnNotify Notify = DsnNotify.Unspecified,
    EmailAddress? OriginalRecipient = null)
{
    /// <summary>A recipient without delivery-report wishes.</summary>
    public static implicit operator EnvelopeRecipient(EmailAddress address) => new(address);
}
