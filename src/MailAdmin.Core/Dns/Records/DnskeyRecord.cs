namespace MailAdmin.Dns.Records;

/// <summary>A key of a signed zone (RFC 4034 §2).</summary>
/// <param name="Name">The zone.</param>
/// <param name="TimeToLive">How long it may be kept.</param>
/// <param name="Flags">256 for a zone key, 257 for one that signs the keys.</param>
/// <param name="Protocol">Always 3.</param>
/// <param name="Algorithm">The number of the algorithm, such as 13 (ECDSA P-256).</param>
/// <param name="PublicKey">The key, in the algorithm's own form.</param>
public sealed record DnskeyRecord(
    DnsName Name,
    TimeSpan TimeToLive,
    int Flags,
    byte Protocol,
    byte Algorithm,
    ReadOnlyMemory<byte> PublicKey)
    : DnsRecord(Name, DnsRecordType.DNSKEY, TimeToLive)
{
    /// <inheritdoc/>
    public override string Data => Invariant(
        $"{Flags} {Protocol} {Algorithm} {Convert.ToBase64String(PublicKey.Span)}");
}
