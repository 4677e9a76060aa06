namespace MailAdmin.Dns.Records;

/// <summary>The name of an address, or another pointer (RFC 1035 §3.3.12).</summary>
/// <param name="Name">The name in <c>in-addr.arpa</c> or <c>ip6.arpa</c>.</param>
/// <param name="TimeToLive">How long it may be kept.</param>
/// <param name="Target">The name that it points to.</param>
public sealed record PtrRecord(DnsName Name, TimeSpan TimeToLive, DnsName Target)
    : DnsRecord(Name, DnsRecordType.PTR, TimeToLive)
{
    /// <inheritdoc/>
    public override string Data => Absolute(Target);
}
