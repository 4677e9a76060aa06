using System.Net;
using MailAdmin.Addressing;

namespace MailAdmin.Probes;

/// <summary>Whether a server would take mail from one address to another from here.</summary>
public sealed record SmtpRelayResult : ProbeResult
{
    /// <summary>The sender that was tried; null for the empty one.</summary>
    public EmailAddress? From { get; init; }

    /// <summary>The recipient that was tried.</summary>
    public required EmailAddress To { get; init; }

    /// <summary>True when the server accepted both.</summary>
    public required bool IsAccepted { get; init; }

    /// <summary>What the way amounts to.</summary>
    public RelayMethod Method { get; init; }

    /// <summary>
    /// The address of this side as the server says that it saw it: what a connector or an SPF record has to name. Null
    /// when the server does not say.
    /// </summary>
    public IPAddress? SeenAddress { get; init; }

    /// <summary>One for IPv4 and one for IPv6 where the server has both, else one.</summary>
    public required IReadOnlyList<SmtpRelayAttempt> Attempts { get; init; }

    /// <summary>The Message-ID of the test message; null when none was sent.</summary>
    public string? MessageId { get; init; }
}
