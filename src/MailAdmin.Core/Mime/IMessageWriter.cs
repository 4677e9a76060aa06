namespace MailAdmin.Mime;

/// <summary>
/// The port between composing and sending: something that can be put on the wire, to suit what the server takes.
/// A message can be prepared any number of times; each time it is the same message, with the same Message-ID and Date.
/// </summary>
public interface IMessageWriter
{
    /// <summary>The Message-ID without angle brackets; null when the message (an <c>.eml</c>) has none.</summary>
    string? MessageId { get; }

    /// <summary>
    /// Checks everything that can be checked before the first octet goes out (files readable, lines within 998 octets,
    /// nothing that <paramref name="format"/> cannot carry) and computes the exact length.
    /// </summary>
    /// <exception cref="MessageException">It cannot go out in this format, or a file cannot be read.</exception>
    ValueTask<PreparedMessage> PrepareAsync(WireFormat format, CancellationToken cancellationToken);
}
