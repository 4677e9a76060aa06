using System.Globalization;

namespace MailAdmin.Smtp;

/// <summary>The message is larger than the server takes (RFC 1870); nothing of it was sent.</summary>
public sealed class MessageTooLargeException : SmtpException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="size">The message's size in octets, encoded.</param>
    /// <param name="limit">The server's limit in octets.</param>
    public MessageTooLargeException(long size, long limit)
        : base(
            "SmtpMessageTooLarge",
            MailErrorKind.Limit,
            SmtpStage.MailFrom,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The message has {size:N0} octets, the server takes {limit:N0}; nothing was sent."),
            "Send fewer or smaller attachments, or a link; an attachment grows by a third on its way.")
    {
        Size = size;
        Limit = limit;
    }

    /// <summary>The message's size in octets, encoded.</summary>
    public long Size { get; }

    /// <summary>The server's limit in octets.</summary>
    public long Limit { get; }
}
