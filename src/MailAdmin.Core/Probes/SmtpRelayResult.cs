using System.Net;
using MailAdmin.Addressing;
using MailAdmin.Transports.Methods;

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

    /// <summary>The method that the way amounts to, whether the server accepted or not.</summary>
    public required SendMethodId Method { get; init; }

    /// <summary>How the method is known, and why a server that relays is or is not suspected, as sentences.</summary>
    public required string MethodReason { get; init; }

    /// <summary>
    /// True when a public server without a tie to either domain took the mail without a login or a certificate. It may
    /// still know this machine's address: only the same test from another network proves an open relay.
    /// </summary>
    public bool IsOpenRelaySuspected { get; init; }

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
