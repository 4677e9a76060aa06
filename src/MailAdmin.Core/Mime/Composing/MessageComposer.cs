using MailAdmin.Addressing;
using MailAdmin.Mime.Attachments;

namespace MailAdmin.Mime.Composing;

/// <summary>Opens the attachments and writes a draft in its form for one server.</summary>
internal sealed class MessageComposer(
    MessageDraft draft, DateTimeOffset date, string messageId, MessageSeed seed, WireFormat format, bool asDraft = false)
{
    /// <summary>Headers and boundaries of an ordinary message; more makes the buffer grow.</summary>
    private const int TypicalHeaders = 1536;

    private const int PerAttachment = 512;

    public ValueTask<PreparedMessage> ComposeAsync(CancellationToken cancellationToken)
    {
        var utf8 = NeedsUtf8Headers();
        if (draft.Attachments.Count + draft.InlineAttachments.Count > 0)
        {
            return ComposeWithAttachmentsAsync(utf8, cancellationToken);
        }

        return new ValueTask<PreparedMessage>(Compose([], utf8));
    }

    private async ValueTask<PreparedMessage> ComposeWithAttachmentsAsync(bool utf8, CancellationToken cancellationToken)
    {
        var parts = new List<AttachmentPart>(draft.Attachments.Count + draft.InlineAttachments.Count);
        try
        {
            foreach (var inline in draft.InlineAttachments)
            {
                parts.Add(await AttachmentPart.OpenAsync(inline.Source, inline.ContentId, cancellationToken)
                    .ConfigureAwait(false));
            }

            foreach (var source in draft.Attachments)
            {
                parts.Add(await AttachmentPart.OpenAsync(source, null, cancellationToken).ConfigureAwait(false));
            }

            return Compose(parts, utf8);
        }
        catch
        {
            foreach (var part in parts)
            {
                await part.Segment.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    private ComposedMessage Compose(IReadOnlyList<AttachmentPart> parts, bool utf8)
    {
        using var text = new RenderedText(draft, format);
        var buffer = new WireBuffer(TypicalHeaders + text.Length + parts.Count * PerAttachment);
        try
        {
            HeaderSection.Write(buffer, draft, date, messageId, utf8, asDraft);
            var body = new BodyWriter(buffer, text, parts, seed, utf8);
            body.Write();
            return new ComposedMessage(buffer, body.Segments, new WireTraits(text.IsEightBit, utf8));
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>
    /// UTF-8 headers only where an address cannot do without: a message that uses them cannot pass a later hop that does
    /// not know them (RFC 6531 §3.2), while encoded words pass everywhere.
    /// </summary>
    private bool NeedsUtf8Headers()
    {
        var culprit = Culprit(draft.From) ?? Culprit(draft.Sender) ?? Culprit(draft.ReplyTo) ?? Culprit(draft.To) ??
            Culprit(draft.Cc) ?? (asDraft ? Culprit(draft.Bcc) : null);
        if (culprit is not null && !format.Utf8Headers)
        {
            throw new MessageException(
                "SmtpUtf8NotOffered",
                MailErrorKind.NotSupported,
                $"The address '{culprit}' has non-ASCII characters before the @, and the server does not offer SMTPUTF8.",
                "Use an ASCII address of that mailbox, or a server that offers SMTPUTF8.");
        }

        return culprit is not null;
    }

    private static EmailAddress? Culprit(Mailbox? mailbox) =>
        mailbox is { Address: { RequiresSmtpUtf8: true } address } ? address : null;

    private static EmailAddress? Culprit(IReadOnlyList<Mailbox> mailboxes)
    {
        for (var i = 0; i < mailboxes.Count; i++)
        {
            if (Culprit(mailboxes[i]) is { } culprit)
            {
                return culprit;
            }
        }

        return null;
    }
}
