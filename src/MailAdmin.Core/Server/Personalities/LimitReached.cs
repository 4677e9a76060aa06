namespace MailAdmin.Server.Personalities;

/// <summary>Which limit of an account a message would exceed.</summary>
internal enum LimitReached
{
    None,
    MessagesPerMinute,
    RecipientsPerDay,
}
