using MailAdmin.Addressing;

namespace MailAdmin.Server;

/// <summary>What a client said in MAIL FROM (RFC 5321 §4.1.1.2).</summary>
public sealed record SmtpMailCommand
{
    /// <summary>Where failure reports go; null is the empty path <c>&lt;&gt;</c>.</summary>
    public EmailAddress? ReversePath { get; init; }

    /// <summary>SIZE: the length that the client announced, in octets; null when it did not.</summary>
    public long? DeclaredSize { get; init; }

    /// <summary>BODY=8BITMIME was said.</summary>
    public bool IsEightBit { get; init; }

    /// <summary>SMTPUTF8 was said.</summary>
    public bool UsesUtf8 { get; init; }

    /// <summary>RET.</summary>
    public DsnReturn Return { get; init; }

    /// <summary>ENVID, decoded; null when it was not said.</summary>
    public string? EnvelopeId { get; init; }

    /// <summary>
    /// AUTH: who submitted the message at first (RFC 4954 §5); empty for <c>&lt;&gt;</c>, null when it was not said.
    /// </summary>
    public string? Submitter { get; init; }
}
