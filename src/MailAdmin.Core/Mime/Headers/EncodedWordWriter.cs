using System.Buffers.Text;
using System.Text;

namespace MailAdmin.Mime.Headers;

/// <summary>
/// Encoded words (RFC 2047): <c>"=?utf-8?" ("B" / "Q") "?" encoded-text "?="</c>, at most 75 octets each, split between
/// characters and never within one. The shorter of the two encodings is used.
/// </summary>
internal static class EncodedWordWriter
{
    private const int MaxWord = 75;
    private const int MaxCharacter = 12;

    private static ReadOnlySpan<byte> BeforeB => "=?utf-8?B?"u8;

    private static ReadOnlySpan<byte> BeforeQ => "=?utf-8?Q?"u8;

    private static ReadOnlySpan<byte> After => "?="u8;

    /// <summary>Writes <paramref name="white"/> and then the text as one or more encoded words.</summary>
    /// <param name="writer">The field being written.</param>
    /// <param name="white">The white space before the first word; it may be folded.</param>
    /// <param name="text">The text, not empty.</param>
    /// <param name="reserve">Octets that must still fit on the line behind the last word.</param>
    public static void Write(
        ref HeaderWriter writer, ReadOnlySpan<char> white, ReadOnlySpan<char> text, int reserve = 0)
    {
        var overhead = BeforeB.Length + After.Length;
        var useB = PrefersB(text);
        while (true)
        {
            writer.Space(white, overhead + MaxCharacter + reserve);
            var room = Math.Min(MaxWord, HeaderWriter.MaxLine - reserve - writer.Column) - overhead;
            room = Math.Max(room, MaxCharacter);
            var buffer = writer.Buffer;
            buffer.Append(useB ? BeforeB : BeforeQ);
            text = useB ? WriteB(ref writer, text, room) : WriteQ(ref writer, text, room);
            buffer.Append(After);
            if (text.IsEmpty)
            {
                return;
            }

            writer.Fold();
            white = " ";
        }
    }

    private static bool PrefersB(ReadOnlySpan<char> text)
    {
        var octets = 0;
        var q = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            octets += rune.Utf8SequenceLength;
            q += QLength(rune);
        }

        return (octets + 2) / 3 * 4 < q;
    }

    private static int QLength(Rune rune) =>
        rune.IsAscii && (rune.Value == ' ' || HeaderChars.QLiteral.Contains((byte)rune.Value))
            ? 1
            : 3 * rune.Utf8SequenceLength;

    private static ReadOnlySpan<char> WriteB(scoped ref HeaderWriter writer, ReadOnlySpan<char> text, int room)
    {
        Span<byte> octets = stackalloc byte[MaxWord];
        var count = 0;
        var used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if ((count + rune.Utf8SequenceLength + 2) / 3 * 4 > room)
            {
                break;
            }

            count += rune.EncodeToUtf8(octets[count..]);
            used += rune.Utf16SequenceLength;
        }

        Base64.EncodeToUtf8(octets[..count], writer.Buffer.Reserve(MaxWord), out _, out var written);
        writer.Buffer.Advance(written);
        return text[used..];
    }

    private static ReadOnlySpan<char> WriteQ(scoped ref HeaderWriter writer, ReadOnlySpan<char> text, int room)
    {
        Span<byte> octets = stackalloc byte[4];
        var used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var length = QLength(rune);
            if (length > room)
            {
                break;
            }

            room -= length;
            used += rune.Utf16SequenceLength;
            if (length == 1)
            {
                writer.Buffer.Append(rune.Value == ' ' ? (byte)'_' : (byte)rune.Value);
            }
            else
            {
                WriteHex(ref writer, octets[..rune.EncodeToUtf8(octets)]);
            }
        }

        return text[used..];
    }

    private static void WriteHex(ref HeaderWriter writer, ReadOnlySpan<byte> octets)
    {
        foreach (var octet in octets)
        {
            HexDigits.Write(writer.Buffer.Reserve(3), (byte)'=', octet);
            writer.Buffer.Advance(3);
        }
    }
}
