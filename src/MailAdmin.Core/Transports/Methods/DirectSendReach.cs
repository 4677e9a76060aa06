using System.Collections.Concurrent;
using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.Dns.Mail;

namespace MailAdmin.Transports.Methods;

/// <summary>
/// Judges whom Direct Send can reach: recipients of the own domain, perhaps those of other domains at Microsoft 365,
/// which may be the same tenant's, and never those of domains whose mail goes to another service.
/// </summary>
/// <param name="domain">The own domain.</param>
/// <param name="endpoints">The look-up of MX endpoints.</param>
internal sealed class DirectSendReach(DomainName domain, MxEndpointFinder endpoints)
{
    private readonly ConcurrentDictionary<DomainName, Task<string?>> _known = new();

    /// <summary>The own domain.</summary>
    public DomainName Domain => domain;

    /// <summary>The domains other than the own one.</summary>
    public IReadOnlyList<DomainName> Others(Envelope envelope) =>
    [
        .. envelope.Recipients
            .Select(recipient => recipient.Address.Domain)
            .Distinct()
            .Where(other => other != domain),
    ];

    /// <summary>The service that a domain's mail goes to, if that rules Direct Send out; else null.</summary>
    public Task<string?> FindOtherServiceAsync(DomainName other, CancellationToken cancellationToken) =>
        _known.GetOrAdd(other, name => LookAsync(name, CancellationToken.None)).WaitAsync(cancellationToken);

    private async Task<string?> LookAsync(DomainName other, CancellationToken cancellationToken)
    {
        if (other.IsLiteral)
        {
            return null;
        }

        try
        {
            var endpoint = await endpoints.FindAsync(other, withTlsa: false, cancellationToken).ConfigureAwait(false);
            var isFilter = MxProviderCatalog.BuiltIn.Providers.Any(p => p.Filters && p.Id == endpoint.Provider);
            return endpoint.Provider is null or MxProviderCatalog.Microsoft365 || isFilter
                ? null
                : endpoint.ProviderName;
        }
        catch (Exception e) when (e is DnsLookupException or MailDomainNotFoundException)
        {
            // The server knows its own domains better than the DNS does.
            return null;
        }
    }
}
