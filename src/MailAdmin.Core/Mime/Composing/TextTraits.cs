using System.Buffers;

namespace MailAdmin.Mime.Composing;

/// <summary>What decides how a text can travel. The text has CRLF line ends only.</summary>
/// <param name="IsAscii">No octet over 127.</param>
/// <param name="IsFragile">
/// Something that an identity encoding would not bring through everywhere: white space at the end of a line, a line
/// that begins with <c>From </c> (mbox stores quote it), a control character, or a line over 998 octets (RFC 5321
/// §4.5.3.1.6).
/// </param>
/// <param name="QuotedPrintableEscapes">About how many octets quoted-printable must escape.</param>
internal readonly record struct TextTraits(bool IsAscii, bool IsFragile, int QuotedPrintableEscapes)
{
    public const int MaxLine = 998;

    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\r' or '\n')).Select(c => (byte)c), 0x7F]);

    public static TextTraits Of(ReadOnlySpan<byte> text)
    {
        var isAscii = System.Text.Ascii.IsValid(text);
        return new TextTraits(isAscii, IsFragileText(text), isAscii ? text.Count((byte)'=') : CountEscapes(text));
    }

    private static bool IsFragileText(ReadOnlySpan<byte> text)
    {
        if (text.ContainsAny(Controls))
        {
            return true;
        }

        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            var line = end < 0 ? text : text[..Math.Max(0, end - 1)];
            if (line.Length > MaxLine || line.StartsWith("From "u8) || line is [.., (byte)' ' or (byte)'\t'])
            {
                return true;
            }

            text = end < 0 ? default : text[(end + 1)..];
        }

        return false;
    }

    private static int CountEscapes(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var octet in text)
        {
            count += octet is >= 0x80 or (byte)'=' ? 1 : 0;
        }

        return count;
    }
}
