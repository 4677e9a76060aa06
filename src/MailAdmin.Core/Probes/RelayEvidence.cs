using System.Net;
using MailAdmin.Addressing;
using MailAdmin.Transports;

namespace MailAdmin.Probes;

/// <summary>What is known about a way on which mail was offered to a server.</summary>
/// <param name="Route">The way.</param>
/// <param name="From">The sender; null for the empty one.</param>
/// <param name="To">The recipient.</param>
internal sealed record RelayEvidence(SmtpRoute Route, EmailAddress? From, EmailAddress To)
{
    /// <summary>True when the server accepted both.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>Whether the sender's domain has its mail at the server; null when unknown.</summary>
    public bool? ServesSender { get; init; }

    /// <summary>Whether the recipient's domain has its mail at the server; null when unknown.</summary>
    public bool? ServesRecipient { get; init; }

    /// <summary>The address behind the server's name; null when no connection was made.</summary>
    public IPAddress? Server { get; init; }

    /// <summary>
    /// This side's address as the server says that it saw it, else this side's own if that is public; null for unknown,
    /// as behind a router that translates addresses.
    /// </summary>
    public IPAddress? Client { get; init; }

    /// <summary>True when the server can tell who sends by more than the address.</summary>
    public bool HasProof => Route.Credential is not null || Route.ClientCertificates is { Count: > 0 };
}
