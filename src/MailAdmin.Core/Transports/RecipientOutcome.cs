using MailAdmin.Addressing;
using MailAdmin.Smtp;

namespace MailAdmin.Transports;

/// <summary>What became of one recipient.</summary>
/// <param name="Address">Who it is.</param>
/// <param name="Status">What became of the message for this recipient.</param>
/// <param name="Reply">
/// The reply that decided it: to RCPT TO when that accepted or refused, else the refusal of MAIL FROM, DATA or the
/// message; null when there was none.
/// </param>
public sealed record RecipientOutcome(EmailAddress Address, RecipientStatus Status, SmtpReply? Reply);
