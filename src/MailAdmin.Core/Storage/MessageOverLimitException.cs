using System.Globalization;

namespace MailAdmin.Storage;

/// <summary>The message is larger than the administrator of the store allows. It was not taken.</summary>
public sealed class MessageOverLimitException : MailException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="limit">The most octets allowed.</param>
    public MessageOverLimitException(long limit)
        : base(
            "MessageOverLimit",
            MailErrorKind.Limit,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The message has more than the {limit:N0} octets that are allowed here; it was not taken."),
            "Send fewer or smaller attachments, or a link; or raise the limit with Set-EmailOption -LargestMessage.")
    {
        Limit = limit;
    }

    /// <summary>The most octets allowed.</summary>
    public long Limit { get; }

    /// <summary>Refuses what is larger than a limit.</summary>
    /// <param name="limit">The most octets allowed; null for any number.</param>
    /// <param name="length">The octets that the message has.</param>
    /// <exception cref="MessageOverLimitException">It has more.</exception>
    public static void ThrowIfOver(long? limit, long length)
    {
        if (length > limit)
        {
            throw new MessageOverLimitException(limit.Value);
        }
    }
}
