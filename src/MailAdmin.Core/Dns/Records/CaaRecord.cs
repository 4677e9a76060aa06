namespace MailAdmin.Dns.Records;

/// <summary>Which authorities may issue certificates for a domain (RFC 8659 §4).</summary>
/// <param name="Name">The domain.</param>
/// <param name="TimeToLive">How long it may be kept.</param>
/// <param name="Flags">128: who does not understand the tag may not issue.</param>
/// <param name="Tag">The property, such as <c>issue</c>.</param>
/// <param name="Value">Its value, as octets.</param>
public sealed record CaaRecord(DnsName Name, TimeSpan TimeToLive, byte Flags, string Tag, ReadOnlyMemory<byte> Value)
    : DnsRecord(Name, DnsRecordType.CAA, TimeToLive)
{
    /// <inheritdoc/>
    public override string Data => Invariant($"{Flags} {Tag} {TxtRecord.Quote(Value)}");
}
