using MailAdmin.Smtp;

namespace MailAdmin.Transports;

/// <summary>One transaction of a message's delivery.</summary>
internal readonly record struct SmtpAttempt(SmtpDelivery Delivery, SmtpTransaction Transaction);
