namespace MailAdmin.Dns.Records;

/// <summary>A name server of a zone (RFC 1035 §3.3.11).</summary>
/// <param name="Name">The zone.</param>
/// <param name="TimeToLive">How long it may be kept.</param>
/// <param name="Target">The server.</param>
public sealed record NsRecord(DnsName Name, TimeSpan TimeToLive, DnsName Target)
    : DnsRecord(Name, DnsRecordType.NS, TimeToLive)
{
    /// <inheritdoc/>
    public override string Data => Absolute(Target);
}
