using System.Globalization;

namespace MailAdmin.Queueing;

/// <summary>A message that would be given up before it may be sent. It was not taken.</summary>
public sealed class QueueTimesException : MailException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="expiresAt">When it was to be given up.</param>
    /// <param name="notBefore">When it may first be sent; null when its end has passed already.</param>
    public QueueTimesException(DateTimeOffset expiresAt, DateTimeOffset? notBefore)
        : base(
            "ExpiresTooEarly",
            MailErrorKind.InvalidInput,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The message is to be given up at {expiresAt.UtcDateTime:u}, ")
            + (notBefore is { } start
                ? string.Create(CultureInfo.InvariantCulture, $"and not to be sent before {start.UtcDateTime:u}.")
                : "which has passed."),
            "Give a later end, or leave it out: by default a message is tried for 48 hours.")
    {
    }
}
