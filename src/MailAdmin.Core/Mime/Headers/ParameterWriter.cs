using System.Globalization;
using System.Text;

namespace MailAdmin.Mime.Headers;

/// <summary>
/// Parameters of Content-Type and Content-Disposition (RFC 2045 §5.1). What is not short ASCII goes by RFC 2231:
/// <c>name*0*=utf-8''…; name*1*=…</c>, split between characters.
/// </summary>
internal static class ParameterWriter
{
    private const int MaxAddition = 24;

    public static void Write(ref HeaderWriter writer, string name, ReadOnlySpan<char> value)
    {
        var octets = Encoding.UTF8.GetByteCount(value);
        var isAscii = !value.ContainsAnyExcept(HeaderChars.Printable);
        var escapes = value.Count('"') + value.Count('\\');
        if ((isAscii || (writer.Utf8 && octets > value.Length)) &&
            !HasControls(value) && !HeaderChars.LooksEncoded(value) &&
            name.Length + octets + escapes + 5 <= HeaderWriter.MaxLine)
        {
            WritePlain(ref writer, name, value, octets + escapes);
        }
        else
        {
            WriteExtended(ref writer, name, value);
        }
    }

    /// <summary>
    /// A parameter in encoded words within quotes. No RFC knows it, but Outlook and others read <c>name</c> only so.
    /// </summary>
    public static void WriteForOutlook(ref HeaderWriter writer, string name, ReadOnlySpan<char> value)
    {
        writer.Buffer.Append((byte)';');
        writer.Space(HeaderWriter.MaxLine);
        writer.Buffer.Append(name);
        writer.Buffer.Append("=\""u8);
        EncodedWordWriter.Write(ref writer, default, value, reserve: 2);
        writer.Buffer.Append((byte)'"');
    }

    /// <summary>True when the value can stand as it is, on one line.</summary>
    public static bool IsPlain(string name, ReadOnlySpan<char> value) =>
        !value.ContainsAnyExcept(HeaderChars.Printable) && !HeaderChars.LooksEncoded(value) &&
        name.Length + value.Length + value.Count('"') + value.Count('\\') + 5 <= HeaderWriter.MaxLine;

    private static bool HasControls(ReadOnlySpan<char> value) =>
        value.ContainsAnyInRange('\0', '\x1F') || value.ContainsAnyInRange('\x7F', '\x9F');

    private static void WritePlain(ref HeaderWriter writer, string name, ReadOnlySpan<char> value, int octets)
    {
        var quoted = value.IsEmpty || value.ContainsAnyExcept(HeaderChars.Token);
        writer.Buffer.Append((byte)';');
        writer.Space(name.Length + octets + (quoted ? 4 : 2));
        writer.Buffer.Append(name);
        writer.Buffer.Append((byte)'=');
        if (quoted)
        {
            QuotedStringWriter.Write(writer.Buffer, value);
        }
        else
        {
            writer.Buffer.Append(value);
        }
    }

    private static void WriteExtended(ref HeaderWriter writer, string name, ReadOnlySpan<char> value)
    {
        var single = ExtendedLength(value) + name.Length + MaxAddition <= HeaderWriter.MaxLine;
        for (var section = 0; section == 0 || !value.IsEmpty; section++)
        {
            writer.Buffer.Append((byte)';');
            writer.Space(HeaderWriter.MaxLine);
            writer.Buffer.Append(name);
            writer.Buffer.Append((byte)'*');
            if (!single)
            {
                writer.Buffer.Append(section.ToString(CultureInfo.InvariantCulture));
                writer.Buffer.Append((byte)'*');
            }

            writer.Buffer.Append(section == 0 ? "=utf-8''"u8 : "="u8);
            value = WriteSection(ref writer, value);
        }
    }

    private static int ExtendedLength(ReadOnlySpan<char> value)
    {
        var length = 0;
        foreach (var rune in value.EnumerateRunes())
        {
            length += ExtendedLength(rune);
        }

        return length;
    }

    private static int ExtendedLength(Rune rune) =>
        rune.IsAscii && HeaderChars.ExtendedLiteral.Contains((byte)rune.Value) ? 1 : 3 * rune.Utf8SequenceLength;

    private static ReadOnlySpan<char> WriteSection(scoped ref HeaderWriter writer, ReadOnlySpan<char> value)
    {
        Span<byte> octets = stackalloc byte[4];
        var used = 0;
        foreach (var rune in value.EnumerateRunes())
        {
            var length = ExtendedLength(rune);
            if (used > 0 && writer.Column + length + 1 > HeaderWriter.MaxLine)
            {
                break;
            }

            used += rune.Utf16SequenceLength;
            foreach (var octet in octets[..rune.EncodeToUtf8(octets)])
            {
                if (length == 1)
                {
                    writer.Buffer.Append(octet);
                }
                else
                {
                    HexDigits.Write(writer.Buffer.Reserve(3), (byte)'%', octet);
                    writer.Buffer.Advance(3);
                }
            }
        }

        return value[used..];
    }
}
