namespace MailAdmin.Net;

/// <summary>The peer sent a line that is longer than the protocol allows.</summary>
/// <param name="limit">The limit in octets, without the line ending.</param>
public sealed class LineTooLongException(int limit)
    : MailException(
        "LineTooLong",
        MailErrorKind.Protocol,
        $"The other side sent a line of more than {limit} octets; that is not a reply of a mail server.",
        "Check that the host and the port belong to a mail server.")
{
    /// <summary>The limit that was exceeded, in octets without the line ending.</summary>
    public int Limit { get; } = limit;
}
