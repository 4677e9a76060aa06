namespace MailAdmin.Net;

/// <summary>What a TLS record begins with (RFC 8446 §5.1): one octet for the type, two for the version.</summary>
internal static class TlsRecord
{
    private const byte Alert = 21;
    private const byte Handshake = 22;

    /// <summary>
    /// True for an octet that begins a peer's first record and no line of text: both are control characters.
    /// </summary>
    public static bool Begins(byte first) => first is Alert or Handshake;
}
