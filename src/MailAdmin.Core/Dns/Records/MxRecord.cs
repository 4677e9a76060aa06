namespace MailAdmin.Dns.Records;

/// <summary>A host that takes a domain's mail (RFC 1035 §3.3.9).</summary>
/// <param name="Name">The domain.</param>
/// <param name="TimeToLive">How long it may be kept.</param>
/// <param name="Preference">The lowest is tried first; hosts of the same preference in random order.</param>
/// <param name="Exchange">The host.</param>
public sealed record MxRecord(DnsName Name, TimeSpan TimeToLive, int Preference, DnsName Exchange)
    : DnsRecord(Name, DnsRecordType.MX, TimeToLive)
{
    /// <summary>True when the record says that the domain takes no mail at all (RFC 7505).</summary>
    public bool IsNull => Exchange.IsRoot;

    /// <inheritdoc/>
    public override string Data => Invariant($"{Preference} {Absolute(Exchange)}");
}
