using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Storage;

/// <summary>What an attempt came to for one recipient.</summary>
/// <param name="Address">Who it is.</param>
/// <param name="Status">The outcome.</param>
/// <param name="Reply">The reply that decided it; null when there was none.</param>
public sealed record HistoryRecipient(string Address, RecipientStatus Status, SmtpReply? Reply = null);
