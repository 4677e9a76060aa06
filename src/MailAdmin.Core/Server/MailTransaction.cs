using MailAdmin.Addressing;

namespace MailAdmin.Server;

/// <summary>
/// A mail transaction (RFC 5321 §3.3) while it grows: from MAIL to the end of the content, RSET or EHLO.
/// </summary>
internal sealed class MailTransaction(SmtpMailCommand mail)
{
    public SmtpMailCommand Mail { get; } = mail;

    public List<EnvelopeRecipient> Recipients { get; } = [];

    /// <summary>A RCPT was refused, so that DATA without recipients is not the client's mistake in the order.</summary>
    public bool HasRefusedRecipient { get; set; }

    /// <summary>BDAT was seen: DATA may not follow.</summary>
    public bool HasChunks { get; set; }

    /// <summary>A chunk was refused: no more are taken.</summary>
    public bool HasFailed { get; set; }

    public Envelope ToEnvelope() => new(Mail.ReversePath, Recipients)
    {
        Return = Mail.Return,
        EnvelopeId = Mail.EnvelopeId,
    };
}
