using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace MailAdmin.Smtp;

/// <summary>
/// The encodings of ENVID, ORCPT and the parameter AUTH.
/// <code>
/// xtext        = *( xchar / "+" 2HEXDIG )           RFC 3461 §4
/// utf-8 ORCPT  = *( QCHAR / "\x{" HEX "}" )         RFC 6533 §3, octets over 127 as they are with SMTPUTF8
/// </code>
/// </summary>
internal static class XTextDecoder
{
    public static bool TryDecode(ReadOnlySpan<byte> text, out string decoded)
    {
        decoded = "";
        var octets = new byte[text.Length];
        var length = 0;
        while (!text.IsEmpty)
        {
            var taken = 1;
            var octet = text[0];
            if (octet == (byte)'+')
            {
                if (text.Length < 3 || !TryHex(text[1], out var high) || !TryHex(text[2], out var low))
                {
                    return false;
                }

                octet = (byte)((high << 4) | low);
                taken = 3;
            }

            octets[length++] = octet;
            text = text[taken..];
        }

        return TryText(octets.AsSpan(0, length), out decoded);
    }

    public static bool TryDecodeUtf8Address(ReadOnlySpan<byte> text, out string decoded)
    {
        decoded = "";
        var result = new StringBuilder(text.Length);
        var rest = Encoding.UTF8.GetString(text).AsSpan();
        while (rest.IndexOf("\\x{", StringComparison.Ordinal) is var start and >= 0)
        {
            var length = rest[start..].IndexOf('}');
            if (length < 0 || !TryScalar(rest[(start + 3)..(start + length)], out var scalar))
            {
                return false;
            }

            result.Append(rest[..start]).Append(scalar.ToString());
            rest = rest[(start + length + 1)..];
        }

        return TryText(Encoding.UTF8.GetBytes(result.Append(rest).ToString()), out decoded);
    }

    private static bool TryScalar(ReadOnlySpan<char> digits, out Rune scalar)
    {
        scalar = default;
        return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) &&
            Rune.TryCreate(number, out scalar);
    }

    private static bool TryText(ReadOnlySpan<byte> octets, out string text)
    {
        var isText =
            Utf8.IsValid(octets) && !octets.ContainsAnyInRange((byte)0, (byte)0x1F) && !octets.Contains((byte)0x7F);
        text = isText ? Encoding.UTF8.GetString(octets) : "";
        return isText;
    }

    /// <summary>Lower-case digits are not xtext.</summary>
    private static bool TryHex(byte digit, out int value)
    {
        value = digit is >= (byte)'0' and <= (byte)'9' ? digit - '0' : digit - 'A' + 10;
        return digit is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'A' and <= (byte)'F');
    }
}
