using System.Net;
using System.Net.Sockets;
using MailAdmin.Dns.Records;

namespace MailAdmin.Dns;

/// <summary>
/// Looks up the addresses of a host through an <see cref="IDnsResolver"/>, in the way in which the system's own
/// resolver answers: with addresses, or a <see cref="SocketException"/> that says why there are none.
/// </summary>
/// <param name="resolver">The DNS.</param>
public sealed class HostAddressLookup(IDnsResolver resolver)
{
    private static readonly DnsName LocalHost = DnsName.Parse("localhost");

    /// <summary>
    /// The addresses, IPv6 and IPv4. <c>localhost</c> is this machine and never asked about (RFC 6761 §6.3).
    /// </summary>
    /// <param name="host">A host name in its ASCII form.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="SocketException">There are none, or the DNS gave no answer.</exception>
    public async Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken)
    {
        if (!DnsName.TryParse(host, out var name, out _))
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        if (name.IsWithin(LocalHost))
        {
            return [IPAddress.IPv6Loopback, IPAddress.Loopback];
        }

        var v6 = resolver.QueryAsync(name, DnsRecordType.AAAA, cancellationToken);
        var v4 = resolver.QueryAsync(name, DnsRecordType.A, cancellationToken);
        var answers = await Task.WhenAll(v6, v4).ConfigureAwait(false);
        IPAddress[] addresses = [.. answers.SelectMany(a => a.Records<AddressRecord>()).Select(r => r.Address)];
        return addresses.Length > 0 ? addresses : throw new SocketException((int)Lack(answers));
    }

    private static SocketError Lack(DnsResponse[] answers) =>
        answers.Any(a => !a.IsDefinite) ? SocketError.TryAgain
        : answers.Any(a => a.Outcome == DnsOutcome.NxDomain) ? SocketError.HostNotFound
        : SocketError.NoData;
}
