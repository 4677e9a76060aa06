using System.Net;
using System.Net.Sockets;

namespace MailAdmin.Dns.Records;

/// <summary>The address of a host: A (RFC 1035 §3.4.1) or AAAA (RFC 3596 §2.2), by the address's family.</summary>
/// <param name="Name">The host.</param>
/// <param name="TimeToLive">How long it may be kept.</param>
/// <param name="Address">IPv4 for A, IPv6 for AAAA.</param>
public sealed record AddressRecord(DnsName Name, TimeSpan TimeToLive, IPAddress Address)
    : DnsRecord(
        Name,
        Address.AddressFamily == AddressFamily.InterNetwork ? DnsRecordType.A : DnsRecordType.AAAA,
        TimeToLive)
{
    /// <inheritdoc/>
    public override string Data => Address.ToString();
}
