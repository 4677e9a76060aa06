namespace MailAdmin.Dns.Records;

/// <summary>The certificate that a TLS server shows (RFC 6698 §2.1; names of the values: RFC 7218).</summary>
/// <param name="Name">The service, such as <c>_25._tcp.mail.example.com</c>.</param>
/// <param name="TimeToLive">How long it may be kept.</param>
/// <param name="Usage">0 PKIX-TA, 1 PKIX-EE, 2 DANE-TA, 3 DANE-EE.</param>
/// <param name="Selector">0 the whole certificate, 1 its public key.</param>
/// <param name="MatchingType">0 the data itself, 1 its SHA-256, 2 its SHA-512.</param>
/// <param name="Association">The data to compare.</param>
public sealed record TlsaRecord(
    DnsName Name,
    TimeSpan TimeToLive,
    byte Usage,
    byte Selector,
    byte MatchingType,
    ReadOnlyMemory<byte> Association)
    : DnsRecord(Name, DnsRecordType.TLSA, TimeToLive)
{
    /// <inheritdoc/>
    public override string Data => Invariant(
        $"{Usage} {Selector} {MatchingType} {Convert.ToHexString(Association.Span)}");
}
