namespace MailAdmin.Mime.Headers;

/// <summary>Two upper-case digits behind a mark, as quoted-printable (<c>=E9</c>) and RFC 2231 (<c>%E9</c>) write octets.</summary>
internal static class HexDigits
{
    private static ReadOnlySpan<byte> Upper => "0123456789ABCDEF"u8;

    public static void Write(Span<byte> destination, byte mark, byte octet)
    {
        destination[2] = Upper[octet & 15];
        destination[1] = Upper[octet >> 4];
        destination[0] = mark;
    }

    /// <summary>The value of a digit of either case, or -1.</summary>
    public static int Value(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        _ => -1,
    };
}
