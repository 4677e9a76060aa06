using MailAdmin.Addressing;
using MailAdmin.Mime.Composing;

namespace MailAdmin.Mime;

/// <summary>A composed message. It is written to suit each server; its Message-ID, date and boundaries stay the same.</summary>
public sealed class RelayMessage : IMessageWriter
{
    private readonly MessageDraft _draft;
    private readonly MessageSeed _seed;

    internal RelayMessage(MessageDraft draft, DateTimeOffset date, string messageId, MessageSeed seed)
    {
        _draft = draft;
        _seed = seed;
        Date = date;
        MessageId = messageId;
    }

    /// <summary>The Message-ID without angle brackets.</summary>
    public string MessageId { get; }

    /// <summary>What the Date header says.</summary>
    public DateTimeOffset Date { get; }

    /// <inheritdoc cref="MessageDraft.From"/>
    public Mailbox? From => _draft.From;

    /// <inheritdoc cref="MessageDraft.Sender"/>
    public Mailbox? Sender => _draft.Sender;

    /// <inheritdoc cref="MessageDraft.ReplyTo"/>
    public IReadOnlyList<Mailbox> ReplyTo => _draft.ReplyTo;

    /// <inheritdoc cref="MessageDraft.To"/>
    public IReadOnlyList<Mailbox> To => _draft.To;

    /// <inheritdoc cref="MessageDraft.Cc"/>
    public IReadOnlyList<Mailbox> Cc => _draft.Cc;

    /// <inheritdoc cref="MessageDraft.Bcc"/>
    public IReadOnlyList<Mailbox> Bcc => _draft.Bcc;

    /// <inheritdoc cref="MessageDraft.Subject"/>
    public string Subject => _draft.Subject;

    /// <inheritdoc cref="MessageDraft.Attachments"/>
    public IReadOnlyList<AttachmentSource> Attachments => _draft.Attachments;

    string? IMessageWriter.MessageId => MessageId;

    /// <summary>
    /// The envelope that the headers ask for: back to the sender (else the author), on to To, Cc and Bcc, each address once.
    /// </summary>
    /// <exception cref="MessageException">NoSender or NoRecipient.</exception>
    public Envelope ToEnvelope(DsnNotify notify = DsnNotify.Unspecified)
    {
        var reversePath = (_draft.Sender ?? _draft.From)?.Address ?? throw DraftRules.NoSender();
        var recipients = _draft.To.Concat(_draft.Cc).Concat(_draft.Bcc)
            .Select(m => m.Address)
            .Distinct()
            .Select(a => new EnvelopeRecipient(a, notify))
            .ToArray();
        return recipients.Length == 0 ? throw DraftRules.NoRecipient() : new Envelope(reversePath, recipients);
    }

    /// <inheritdoc/>
    public ValueTask<PreparedMessage> PrepareAsync(WireFormat format, CancellationToken cancellationToken) =>
        _draft.From is null
            ? throw DraftRules.NoSender()
            : new MessageComposer(_draft, Date, MessageId, _seed, format).ComposeAsync(cancellationToken);
}
