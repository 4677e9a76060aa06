namespace MailAdmin.Mime;

/// <summary>The transfer encoding of the text parts (RFC 2045 §6).</summary>
public enum BodyEncoding
{
    /// <summary>The cheapest one that the server takes and that brings the text through unchanged.</summary>
    Auto,

    /// <summary>Always quoted-printable.</summary>
    QuotedPrintable,

    /// <summary>Always base64.</summary>
    Base64,
}
