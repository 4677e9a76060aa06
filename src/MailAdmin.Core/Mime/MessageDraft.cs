using MailAdmin.Addressing;

namespace MailAdmin.Mime;

/// <summary>
/// What a message is to say, before it has a form. Every default is valid; <see cref="MessageBuilder"/> checks the
/// values.
/// </summary>
public sealed record MessageDraft
{
    /// <summary>The author. Needed to send; an unsent draft may lack it.</summary>
    public Mailbox? From { get; init; }

    /// <summary>Who sends on behalf of the author; becomes the reverse path. Null when it is the author.</summary>
    public Mailbox? Sender { get; init; }

    /// <summary>Where answers go, if not to the author.</summary>
    public IReadOnlyList<Mailbox> ReplyTo { get; init; } = [];

    /// <summary>The primary recipients.</summary>
    public IReadOnlyList<Mailbox> To { get; init; } = [];

    /// <summary>Recipients of a copy.</summary>
    public IReadOnlyList<Mailbox> Cc { get; init; } = [];

    /// <summary>Recipients that no header shows; they are in the envelope only.</summary>
    public IReadOnlyList<Mailbox> Bcc { get; init; } = [];

    /// <summary>The subject; no line breaks.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The plain text, or null for none. Any line endings.</summary>
    public string? TextBody { get; init; }

    /// <summary>The HTML text, or null for none; with <see cref="TextBody"/> the reader's program chooses.</summary>
    public string? HtmlBody { get; init; }

    /// <summary>Files to attach.</summary>
    public IReadOnlyList<AttachmentSource> Attachments { get; init; } = [];

    /// <summary>Pictures that <see cref="HtmlBody"/> shows; without it they are ordinary attachments.</summary>
    public IReadOnlyList<InlineAttachment> InlineAttachments { get; init; } = [];

    /// <summary>Further header fields, in this order. Those that have a property here are refused.</summary>
    public IReadOnlyList<MessageHeader> Headers { get; init; } = [];

    /// <summary>How urgent the message is said to be.</summary>
    public MessagePriority Priority { get; init; }

    /// <summary>The Message-ID, with or without angle brackets; null makes one in the author's domain.</summary>
    public string? MessageId { get; init; }

    /// <summary>The date; null is the time of building.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The transfer encoding of the text parts.</summary>
    public BodyEncoding BodyEncoding { get; init; }
}
