using MailAdmin.Addressing;

namespace MailAdmin.Smtp;

/// <summary>
/// The parameters of MAIL FROM. Each may be set only for a server that offers its extension.
/// </summary>
/// <param name="Size">SIZE (RFC 1870) in octets; null to leave it out.</param>
/// <param name="EightBitMime">BODY=8BITMIME (RFC 6152).</param>
/// <param name="SmtpUtf8">SMTPUTF8 (RFC 6531).</param>
/// <param name="Return">RET (RFC 3461 §4.3).</param>
/// <param name="EnvelopeId">ENVID (RFC 3461 §4.4), not yet encoded; null to leave it out.</param>
public readonly record struct MailParameters(
    long? Size = null,
    bool EightBitMime = false,
    bool SmtpUtf8 = false,
    DsnReturn Return = DsnReturn.Unspecified,
    string? EnvelopeId = null);
