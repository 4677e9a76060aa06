namespace MailAdmin.Mime;

/// <summary>What the next hop takes; the message is written to suit.</summary>
/// <param name="EightBit">8BITMIME (RFC 6152): body octets over 127 may go as they are.</param>
/// <param name="Utf8Headers">SMTPUTF8 (RFC 6531): headers and addresses may be in UTF-8.</param>
public readonly record struct WireFormat(bool EightBit, bool Utf8Headers)
{
    /// <summary>What every server takes: 7-bit octets throughout.</summary>
    public static WireFormat SevenBit => default;
}
