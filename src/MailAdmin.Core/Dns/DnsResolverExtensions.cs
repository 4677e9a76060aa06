using System.Net;
using MailAdmin.Addressing;

namespace MailAdmin.Dns;

/// <summary>Shorter ways to ask an <see cref="IDnsResolver"/>.</summary>
public static class DnsResolverExtensions
{
    /// <summary>Asks for the records of a name that is given as text, Unicode or ASCII.</summary>
    /// <exception cref="DnsNameException">The text is no domain name.</exception>
    public static Task<DnsResponse> QueryAsync(
        this IDnsResolver resolver,
        string name,
        DnsRecordType type,
        CancellationToken cancellationToken) =>
        resolver.QueryAsync(DnsName.Parse(name), type, cancellationToken);

    /// <summary>Asks for the records of a mail domain.</summary>
    /// <exception cref="DnsNameException">The domain is an address literal, which no record can belong to.</exception>
    public static Task<DnsResponse> QueryAsync(
        this IDnsResolver resolver,
        DomainName domain,
        DnsRecordType type,
        CancellationToken cancellationToken) =>
        resolver.QueryAsync(DnsName.Of(domain), type, cancellationToken);

    /// <summary>Asks for the names of an address: PTR in <c>in-addr.arpa</c> or <c>ip6.arpa</c>.</summary>
    public static Task<DnsResponse> QueryReverseAsync(
        this IDnsResolver resolver,
        IPAddress address,
        CancellationToken cancellationToken) =>
        resolver.QueryAsync(DnsName.Reverse(address), DnsRecordType.PTR, cancellationToken);
}
