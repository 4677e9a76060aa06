namespace MailAdmin.Interop.Judging;

/// <summary>A message as Python's email package reads it: what a test compares with what was meant.</summary>
public sealed record JudgedMessage
{
    /// <summary>Addresses of the field From; null without one.</summary>
    public IReadOnlyList<JudgedAddress>? From { get; init; }

    /// <summary>Addresses of the field Sender; null without one.</summary>
    public IReadOnlyList<JudgedAddress>? Sender { get; init; }

    /// <summary>Addresses of the field To; null without one.</summary>
    public IReadOnlyList<JudgedAddress>? To { get; init; }

    /// <summary>Addresses of the field Cc; null without one.</summary>
    public IReadOnlyList<JudgedAddress>? Cc { get; init; }

    /// <summary>Addresses of the field Bcc, which a message that was sent must not have.</summary>
    public IReadOnlyList<JudgedAddress>? Bcc { get; init; }

    /// <summary>Addresses of the field Reply-To; null without one.</summary>
    public IReadOnlyList<JudgedAddress>? ReplyTo { get; init; }

    /// <summary>Decoded.</summary>
    public string? Subject { get; init; }

    /// <summary>With its own offset.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Without angle brackets.</summary>
    public string? MessageId { get; init; }

    /// <summary>The body, with the message's header fields.</summary>
    public required JudgedPart Body { get; init; }

    /// <summary>Octets of the longest line, without its end.</summary>
    public int LongestLine { get; init; }

    /// <summary>Octets of the longest header line, without its end.</summary>
    public int LongestHeaderLine { get; init; }

    /// <summary>Octets of the longest encoded word (RFC 2047 allows 75).</summary>
    public int LongestEncodedWord { get; init; }

    /// <summary>CR without LF.</summary>
    public int BareCarriageReturns { get; init; }

    /// <summary>Octets over 127 in the header.</summary>
    public bool EightBitHead { get; init; }

    /// <summary>Octets over 127 anywhere.</summary>
    public bool EightBit { get; init; }

    /// <summary>Every defect of the message and its parts.</summary>
    public IEnumerable<string> Defects => Body.All().SelectMany(part => part.Defects);

    /// <summary>The parts that a mail program lists as attachments.</summary>
    public IEnumerable<JudgedPart> Attachments => Body.All().Where(part => part.Disposition == "attachment");
}
