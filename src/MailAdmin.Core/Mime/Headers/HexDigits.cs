namespace MailAdmin.Mime.Headers;

/// <summary>
/// Two upper-case digits behind a mark, as quoted-printable (<c>=E9</c>) and RFC 2231 (<c>%E9</c>) write octets.
/// </summary>
internal static class HexDigits
{
    private static ReadOnlySpan<byte> Upper => "0123456789ABCDEF"u8;

    public static void Write(Span<byte> destination, byte mark, byte octet)
    {
        destination[2] = Upper[octet & 15];
        destination[1] = Upper[octet >> 4];
        destination[0] = mark;
    }

    /// <summary>Reads the two digits, of either case, that a text begins with.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out byte octet)
    {
        octet = 0;
        if (text.Length < 2 || Value(text[0]) < 0 || Value(text[1]) < 0)
        {
            return false;
        }

        octet = (byte)(Value(text[0]) << 4 | Value(text[1]));
        return true;
    }

    /// <summary>The value of a digit of either case, or -1.</summary>
    public static int Value(int digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'A' and <= 'F' => digit - 'A' + 10,
        >= 'a' and <= 'f' => digit - 'a' + 10,
        _ => -1,
    };
}
