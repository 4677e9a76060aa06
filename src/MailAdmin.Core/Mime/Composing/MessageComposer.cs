using MailAdmin.Addressing;

namespace MailAdmin.Mime.Composing;

/// <summary>Opens the attachments and writes a draft in its form for one server.</summary>
internal sealed class MessageComposer(
    MessageDraft draft,
    DateTimeOffset date,
    string messageId,
    MessageSeed seed,
    WireFormat format,
    bool asDraft = false)
{
    /// <summary>Headers and boundaries of an ordinary message; more makes the buffer grow.</summary>
    private const int TypicalHeaders = 1536;

    private const int PerAttachment = 512;

    /// <exception cref="MessageException">It cannot go out in this format, or an attachment cannot be read.</exception>
    public ValueTask<PreparedMessage> ComposeAsync(CancellationToken cancellationToken)
    {
        var utf8 = NeedsUtf8Headers();
        if (draft.Attachments.Count + draft.InlineAttachments.Count > 0)
        {
            return ComposeWithAttachmentsAsync(utf8, cancellationToken);
        }

        using var text = new RenderedText(draft, format);
        return new ValueTask<PreparedMessage>(Compose(text, [], Unused(seed, text), utf8));
    }

    private static MessageSeed Unused(MessageSeed seed, RenderedText text)
    {
        Span<byte> core = stackalloc byte[MessageSeed.BoundaryCoreLength];
        while (text.Contains(core[..seed.FormatBoundaryCore(core)]))
        {
            seed = seed.Next();
        }

        return seed;
    }

    private async ValueTask<PreparedMessage> ComposeWithAttachmentsAsync(bool utf8, CancellationToken cancellationToken)
    {
        var parts = new List<AttachmentPart>(draft.Attachments.Count + draft.InlineAttachments.Count);
        try
        {
            foreach (var inline in draft.InlineAttachments)
            {
                parts.Add(await AttachmentPart.OpenAsync(inline.Source, inline.ContentId, format, cancellationToken)
                    .ConfigureAwait(false));
            }

            foreach (var source in draft.Attachments)
            {
                parts.Add(
                    await AttachmentPart.OpenAsync(source, null, format, cancellationToken).ConfigureAwait(false));
            }

            using var text = new RenderedText(draft, format);
            var unused = Unused(seed, text);
            while (await IsShownAsync(parts, unused, cancellationToken).ConfigureAwait(false))
            {
                unused = Unused(unused.Next(), text);
            }

            return Compose(text, parts, unused, utf8);
        }
        catch
        {
            foreach (var part in parts)
            {
                await part.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    private static async ValueTask<bool> IsShownAsync(
        List<AttachmentPart> parts, MessageSeed candidate, CancellationToken cancellationToken)
    {
        if (parts.All(p => p.Encoding == TransferEncoding.Base64))
        {
            return false;
        }

        var core = new byte[MessageSeed.BoundaryCoreLength];
        candidate.FormatBoundaryCore(core);
        foreach (var part in parts)
        {
            if (await part.ShowsAsync(core, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    private ComposedMessage Compose(
        RenderedText text, IReadOnlyList<AttachmentPart> parts, MessageSeed unusedSeed, bool utf8)
    {
        var buffer = new WireBuffer(TypicalHeaders + text.Length + parts.Count * PerAttachment);
        try
        {
            HeaderSection.Write(buffer, draft, date, messageId, utf8, asDraft);
            var body = new BodyWriter(buffer, text, parts, unusedSeed, utf8);
            body.Write();
            return new ComposedMessage(buffer, body.Segments, new WireTraits(body.IsEightBit, utf8), parts);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>
    /// UTF-8 headers only where an address cannot do without: a message that uses them cannot pass a later hop that
    /// does not know them (RFC 6531 §3.2), while encoded words pass everywhere.
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
                $"The address '{culprit}' has non-ASCII characters before the @, and the server does not offer " +
                "SMTPUTF8.",
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
