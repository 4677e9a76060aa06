namespace MailAdmin.Mime.Composing;

/// <summary>Content-Transfer-Encoding (RFC 2045 §6.1).</summary>
internal enum TransferEncoding
{
    SevenBit,
    EightBit,
    QuotedPrintable,
    Base64,
}
