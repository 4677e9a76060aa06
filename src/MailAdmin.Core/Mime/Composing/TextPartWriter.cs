using System.Text;
using MailAdmin.Mime.Encodings;

namespace MailAdmin.Mime.Composing;

/// <summary>
/// Writes a text part: Content-Type, Content-Transfer-Encoding, the blank line and the text (RFC 2046 §4.1).
/// </summary>
internal static class TextPartWriter
{
    /// <summary>Writes the part without a line end behind its last line.</summary>
    /// <returns>How the text travels.</returns>
    public static TransferEncoding Write(
        WireBuffer buffer, ReadOnlySpan<byte> contentType, string text, BodyEncoding wish, WireFormat format)
    {
        using var octets = new WireBuffer(Encoding.UTF8.GetMaxByteCount(Math.Max(text.Length, 16)));
        Normalise(text, octets);
        var traits = TextTraits.Of(octets.Written);
        var encoding = Choose(traits, octets.Length, wish, format);
        buffer.Append("Content-Type: "u8);
        buffer.Append(contentType);
        buffer.Append("; charset=utf-8\r\n"u8);
        buffer.Append(encoding.HeaderLine());
        buffer.AppendLine();
        switch (encoding)
        {
            case TransferEncoding.QuotedPrintable:
                var encoder = default(QuotedPrintableEncoder);
                encoder.Encode(octets.Written, buffer);
                encoder.Finish(buffer);
                break;
            case TransferEncoding.Base64:
                var room = buffer.Reserve((int)Base64Lines.EncodedLength(octets.Length));
                buffer.Advance(Base64Lines.Encode(octets.Written, room));
                break;
            default:
                buffer.Append(octets.Written);
                break;
        }

        return encoding;
    }

    /// <summary>UTF-8 with every CR, LF and CRLF as CRLF.</summary>
    private static void Normalise(ReadOnlySpan<char> text, WireBuffer octets)
    {
        int end;
        while ((end = text.IndexOfAny('\r', '\n')) >= 0)
        {
            octets.Append(text[..end]);
            octets.AppendLine();
            text = text[(end + (text[end..].StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 1))..];
        }

        octets.Append(text);
    }

    private static TransferEncoding Choose(TextTraits traits, int length, BodyEncoding wish, WireFormat format)
    {
        if (wish != BodyEncoding.Auto)
        {
            return wish == BodyEncoding.Base64 ? TransferEncoding.Base64 : TransferEncoding.QuotedPrintable;
        }

        if (!traits.IsFragile && (traits.IsAscii || format.EightBit))
        {
            return traits.IsAscii ? TransferEncoding.SevenBit : TransferEncoding.EightBit;
        }

        var quoted = length + 2L * traits.QuotedPrintableEscapes;
        return quoted <= Base64Lines.EncodedLength(length) ? TransferEncoding.QuotedPrintable : TransferEncoding.Base64;
    }
}
