using MailAdmin.Addressing;

namespace MailAdmin.Server.Personalities;

/// <summary>How <see cref="MxEndpoint"/> behaves.</summary>
public sealed record MxEndpointOptions
{
    /// <summary>The tenant's domains.</summary>
    public IReadOnlyList<DomainName> AcceptedDomains { get; init; } = [];

    /// <summary>The mailboxes that there are; null when each address of the accepted domains is one.</summary>
    public IReadOnlyList<EmailAddress>? Mailboxes { get; init; }

    /// <summary>Mailboxes that are full.</summary>
    public IReadOnlyList<EmailAddress> FullMailboxes { get; init; } = [];

    /// <summary>Whose mail is relayed to anywhere; with none, only Direct Send is possible.</summary>
    public IReadOnlyList<InboundConnector> Connectors { get; init; } = [];

    /// <summary>Refuses mail from the tenant's own domains that comes through no connector.</summary>
    public bool RejectDirectSend { get; init; }

    /// <summary>Sends everyone away, as the tenant were in another region: 451 4.4.62.</summary>
    public bool IsWrongRegion { get; init; }

    /// <summary>Recipients of one domain in one message.</summary>
    public int RecipientsPerDomain { get; init; } = 200;
}
