namespace MailAdmin.Dns.Records;

/// <summary>The parent's word on which key signs a zone (RFC 4034 §5).</summary>
/// <param name="Name">The zone.</param>
/// <param name="TimeToLive">How long it may be kept.</param>
/// <param name="KeyTag">The tag of the key.</param>
/// <param name="Algorithm">The key's algorithm.</param>
/// <param name="DigestType">1 SHA-1, 2 SHA-256, 4 SHA-384.</param>
/// <param name="Digest">The digest of the key.</param>
public sealed record DsRecord(
    DnsName Name,
    TimeSpan TimeToLive,
    int KeyTag,
    byte Algorithm,
    byte DigestType,
    ReadOnlyMemory<byte> Digest)
    : DnsRecord(Name, DnsRecordType.DS, TimeToLive)
{
    /// <inheritdoc/>
    public override string Data => Invariant(
        $"{KeyTag} {Algorithm} {DigestType} {Convert.ToHexString(Digest.Span)}");
}
