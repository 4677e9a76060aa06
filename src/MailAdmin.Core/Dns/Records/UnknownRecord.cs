namespace MailAdmin.Dns.Records;

/// <summary>A record of a type that is not taken apart here; shown as RFC 3597 §5 has it.</summary>
/// <param name="Name">The name that owns the record.</param>
/// <param name="Type">Its type.</param>
/// <param name="TimeToLive">How long it may be kept.</param>
/// <param name="Octets">The data; names in it may be compressed and so mean nothing outside of their message.</param>
public sealed record UnknownRecord(
    DnsName Name,
    DnsRecordType Type,
    TimeSpan TimeToLive,
    ReadOnlyMemory<byte> Octets)
    : DnsRecord(Name, Type, TimeToLive)
{
    /// <inheritdoc/>
    public override string Data => Octets.IsEmpty
        ? "\\# 0"
        : Invariant($"\\# {Octets.Length} {Convert.ToHexString(Octets.Span)}");
}
