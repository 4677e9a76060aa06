using MailAdmin.Mime.Composing;

namespace MailAdmin.Mime.Headers;

/// <summary>Quoted strings (RFC 5322 §3.2.4): the quote and the backslash get a backslash.</summary>
internal static class QuotedStringWriter
{
    public static void Write(WireBuffer buffer, ReadOnlySpan<char> text)
    {
        buffer.Append((byte)'"');
        int special;
        while ((special = text.IndexOfAny('"', '\\')) >= 0)
        {
            buffer.Append(text[..special]);
            buffer.Append((byte)'\\');
            buffer.Append((byte)text[special]);
            text = text[(special + 1)..];
        }

        buffer.Append(text);
        buffer.Append((byte)'"');
    }
}
