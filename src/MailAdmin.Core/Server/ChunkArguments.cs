using System.Buffers.Text;
using System.Text;

namespace MailAdmin.Server;

/// <summary>The arguments of BDAT (RFC 3030 §2): <c>chunk-size [ SP "LAST" ]</c>.</summary>
/// <param name="Octets">The length of the chunk.</param>
/// <param name="IsLast">It ends the message.</param>
internal readonly record struct ChunkArguments(long Octets, bool IsLast)
{
    public static bool TryParse(ReadOnlySpan<byte> text, out ChunkArguments result)
    {
        var space = text.IndexOf((byte)' ');
        var digits = space < 0 ? text : text[..space];
        var isLast = space >= 0 && Ascii.EqualsIgnoreCase(text[(space + 1)..], "LAST"u8);
        result = new(-1, isLast);
        if (digits.IsEmpty || !char.IsAsciiDigit((char)digits[0]) || (space >= 0 && !isLast) ||
            !Utf8Parser.TryParse(digits, out long octets, out var used) || used != digits.Length)
        {
            return false;
        }

        result = new(octets, isLast);
        return true;
    }
}
