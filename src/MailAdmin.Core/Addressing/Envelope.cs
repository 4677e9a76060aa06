namespace MailAdmin.Addressing;

/// <summary>
/// What MAIL FROM and RCPT TO say (RFC 5321 §3.3): apart from the headers, and what decides delivery.
/// </summary>
public sealed record Envelope
{
    /// <summary>Creates an envelope.</summary>
    /// <param name="reversePath">Where failure reports go; null is the empty path <c>&lt;&gt;</c>.</param>
    /// <param name="recipients">At least one recipient for the envelope to be sendable.</param>
    public Envelope(EmailAddress? reversePath, IReadOnlyList<EnvelopeRecipient> recipients)
    {
        ReversePath = reversePath;
        Recipients = recipients;
    }

    /// <summary>Where failure reports go; null is the empty path <c>&lt;&gt;</c>.</summary>
    public EmailAddress? ReversePath { get; init; }

    /// <summary>The recipients, in the order of their RCPT TO commands.</summary>
    public IReadOnlyList<EnvelopeRecipient> Recipients { get; init; }

    /// <summary>How much of the message a failure report brings back (DSN RET).</summary>
    public DsnReturn Return { get; init; }

    /// <summary>A mark that reports carry back (DSN ENVID, at most 100 characters), or null.</summary>
    public string? EnvelopeId { get; init; }

    /// <summary>True when an address has a non-ASCII local part, so that the server must offer SMTPUTF8.</summary>
    public bool RequiresSmtpUtf8 =>
        ReversePath is { RequiresSmtpUtf8: true } || Recipients.Any(r => r.Address.RequiresSmtpUtf8);
}
