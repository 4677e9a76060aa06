using MailAdmin.Addressing;
using MailAdmin.Mime.Composing;

namespace MailAdmin.Mime;

/// <summary>
/// A composed message. It is written to suit each server; its Message-ID, date and boundaries stay the same.
/// </summary>
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
    /// The envelope that the headers ask for: back to the sender (else the author), on to To, Cc and Bcc, each address
    /// once.
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

    /// <summary>Writes the message as an <c>.eml</c>: 7-bit octets, except where an address needs UTF-8.</summary>
    /// <exception cref="MessageException">An attachment cannot be read, or there is no sender.</exception>
    public async ValueTask WriteEmlAsync(Stream destination, EmlForm form, CancellationToken cancellationToken)
    {
        if (form == EmlForm.Message && _draft.From is null)
        {
            throw DraftRules.NoSender();
        }

        var format = new WireFormat(EightBit: false, Utf8Headers: true);
        var prepared = await new MessageComposer(_draft, Date, MessageId, _seed, format, form == EmlForm.UnsentDraft)
            .ComposeAsync(cancellationToken)
            .ConfigureAwait(false);
        await using (prepared.ConfigureAwait(false))
        {
            await prepared.WriteToAsync(destination, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Writes the message to an <c>.eml</c> file. A file that is there already is replaced once all is written.
    /// </summary>
    /// <exception cref="MessageException">As <see cref="WriteEmlAsync"/>, or MessageFileUnwritable.</exception>
    public async ValueTask SaveEmlAsync(string path, EmlForm form, CancellationToken cancellationToken)
    {
        try
        {
            await FileReplacement.WriteAsync(
                path, stream => WriteEmlAsync(stream, form, cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new MessageException(
                "MessageFileUnwritable",
                MailErrorKind.NotFound,
                $"The file '{path}' cannot be written: {e.Message}",
                "Check that the folder exists and that this account may write there.",
                e);
        }
    }
}
