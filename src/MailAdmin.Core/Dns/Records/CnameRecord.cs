namespace MailAdmin.Dns.Records;

/// <summary>An alias: all records of the name are those of another (RFC 1035 §3.3.1).</summary>
/// <param name="Name">The alias.</param>
/// <param name="TimeToLive">How long it may be kept.</param>
/// <param name="Target">The name that it stands for; it may be an alias in turn.</param>
public sealed record CnameRecord(DnsName Name, TimeSpan TimeToLive, DnsName Target)
    : DnsRecord(Name, DnsRecordType.CNAME, TimeToLive)
{
    /// <inheritdoc/>
    public override string Data => Absolute(Target);
}
