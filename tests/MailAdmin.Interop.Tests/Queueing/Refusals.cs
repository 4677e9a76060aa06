using MailAdmin.Addressing;
using MailAdmin.Server;
using MailAdmin.Smtp;

namespace MailAdmin.Interop.Tests.Queueing;

/// <summary>Refuses recipients of everything but reports.</summary>
internal sealed class Refusals(Func<EmailAddress, SmtpReply?> refuse) : ISmtpServerPolicy
{
    public SmtpReply? Recipient(
        SmtpSessionInfo session,
        SmtpMailCommand mail,
        EnvelopeRecipient recipient,
        IReadOnlyList<EnvelopeRecipient> accepted) =>
        mail.ReversePath is null ? null : refuse(recipient.Address);
}
