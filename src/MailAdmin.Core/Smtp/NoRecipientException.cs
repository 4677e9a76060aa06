namespace MailAdmin.Smtp;

/// <summary>A message without a recipient was to be sent.</summary>
public sealed class NoRecipientException() : SmtpException(
    "NoRecipient",
    MailErrorKind.InvalidInput,
    SmtpStage.RcptTo,
    "The message has no recipient; nothing was sent.",
    "Name at least one recipient in To, Cc or Bcc.");
