using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Mime.Composing;

/// <summary>The message's own header fields (RFC 5322 §3.6), up to and with MIME-Version.</summary>
internal static class HeaderSection
{
    public static void Write(
        WireBuffer buffer, MessageDraft draft, DateTimeOffset date, string messageId, bool utf8, bool asDraft)
    {
        var writer = new HeaderWriter(buffer, utf8);
        writer.Begin("Date:"u8);
        writer.Date(date);
        writer.End();
        WriteSingle(ref writer, "From:"u8, draft.From);
        WriteSingle(ref writer, "Sender:"u8, draft.Sender?.Address == draft.From?.Address ? null : draft.Sender);
        WriteList(ref writer, "Reply-To:"u8, draft.ReplyTo);
        WriteList(ref writer, "To:"u8, draft.To);
        WriteList(ref writer, "Cc:"u8, draft.Cc);
        if (asDraft)
        {
            WriteList(ref writer, "Bcc:"u8, draft.Bcc);
        }

        writer.Begin("Subject:"u8);
        UnstructuredWriter.Write(ref writer, draft.Subject, UnstructuredWriter.MaxWordForPeople);
        writer.End();
        buffer.Append("Message-ID: <"u8);
        buffer.Append(messageId);
        buffer.Append(">\r\n"u8);
        WritePriority(buffer, draft);
        for (var i = 0; i < draft.Headers.Count; i++)
        {
            WriteFurther(ref writer, draft.Headers[i]);
        }

        if (asDraft)
        {
            buffer.Append("X-Unsent: 1\r\n"u8);
        }

        buffer.Append("MIME-Version: 1.0\r\n"u8);
    }

    private static void WriteSingle(ref HeaderWriter writer, ReadOnlySpan<byte> name, Mailbox? mailbox)
    {
        if (mailbox is not null)
        {
            writer.Begin(name);
            AddressWriter.Write(ref writer, mailbox);
            writer.End();
        }
    }

    private static void WriteList(ref HeaderWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<Mailbox> mailboxes)
    {
        if (mailboxes.Count > 0)
        {
            writer.Begin(name);
            AddressWriter.Write(ref writer, mailboxes);
            writer.End();
        }
    }

    private static void WriteFurther(ref HeaderWriter writer, MessageHeader header)
    {
        writer.Begin(header.Name);
        if (FieldKinds.IsAddress(header.Name) && !Ascii.IsValid(header.Value) &&
            MailboxParser.TryParseList(header.Value, out var mailboxes, out _, out _) &&
            !mailboxes.Any(m => m.Address.RequiresSmtpUtf8))
        {
            AddressWriter.Write(ref writer, mailboxes);
        }
        else
        {
            UnstructuredWriter.Write(ref writer, header.Value, FieldKinds.MaxWord(header.Name));
        }

        writer.End();
    }

    private static void WritePriority(WireBuffer buffer, MessageDraft draft)
    {
        if (draft.Priority == MessagePriority.High)
        {
            buffer.Append("X-Priority: 1\r\nImportance: high\r\nPriority: urgent\r\n"u8);
        }
        else if (draft.Priority == MessagePriority.Low)
        {
            buffer.Append("X-Priority: 5\r\nImportance: low\r\nPriority: non-urgent\r\n"u8);
        }
    }
}
