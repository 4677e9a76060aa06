using MailAdmin.Addressing;

namespace MailAdmin.Probes;

/// <summary>Whether a login works, and whether it may send as an address.</summary>
public sealed record SmtpAuthResult : ProbeResult
{
    /// <summary>The mechanisms that the server offers, where it was asked last; under TLS if there was TLS.</summary>
    public IReadOnlyList<string> OfferedMechanisms { get; init; } = [];

    /// <summary>The mechanism that the login used; the last one tried when it failed, null for none.</summary>
    public string? Mechanism { get; init; }

    /// <summary>The sender that was tried; null for none.</summary>
    public EmailAddress? From { get; init; }

    /// <summary>
    /// Whether the server accepts <see cref="From"/>; null when that was not asked or not found out. Servers that judge
    /// the sender only with the message (Exchange Online) say yes here and may say no then.
    /// </summary>
    public bool? MaySendAs { get; init; }
}
