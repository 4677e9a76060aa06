namespace MailAdmin.Mime.Composing;

/// <summary>The header lines of the transfer encodings.</summary>
internal static class TransferEncodingNames
{
    public static ReadOnlySpan<byte> HeaderLine(this TransferEncoding encoding) => encoding switch
    {
        TransferEncoding.EightBit => "Content-Transfer-Encoding: 8bit\r\n"u8,
        TransferEncoding.QuotedPrintable => "Content-Transfer-Encoding: quoted-printable\r\n"u8,
        TransferEncoding.Base64 => "Content-Transfer-Encoding: base64\r\n"u8,
        _ => "Content-Transfer-Encoding: 7bit\r\n"u8,
    };
}
