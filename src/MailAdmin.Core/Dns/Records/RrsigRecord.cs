using System.Globalization;

namespace MailAdmin.Dns.Records;

/// <summary>The signature over a set of records (RFC 4034 §3).</summary>
/// <param name="Name">The name of the signed records.</param>
/// <param name="TimeToLive">How long it may be kept.</param>
/// <param name="TypeCovered">The type of the signed records.</param>
/// <param name="Algorithm">The key's algorithm.</param>
/// <param name="Labels">The number of labels of the original name, less for a wildcard.</param>
/// <param name="OriginalTimeToLive">The time to live that was signed.</param>
/// <param name="Expiration">The signature is good until then.</param>
/// <param name="Inception">The signature is good from then on.</param>
/// <param name="KeyTag">The tag of the key.</param>
/// <param name="Signer">The zone.</param>
/// <param name="Signature">The signature, in the algorithm's own form.</param>
public sealed record RrsigRecord(
    DnsName Name,
    TimeSpan TimeToLive,
    DnsRecordType TypeCovered,
    byte Algorithm,
    byte Labels,
    TimeSpan OriginalTimeToLive,
    DateTimeOffset Expiration,
    DateTimeOffset Inception,
    int KeyTag,
    DnsName Signer,
    ReadOnlyMemory<byte> Signature)
    : DnsRecord(Name, DnsRecordType.RRSIG, TimeToLive)
{
    /// <inheritdoc/>
    public override string Data => string.Join(
        ' ',
        Invariant($"{TypeName(TypeCovered)} {Algorithm} {Labels} {OriginalTimeToLive.TotalSeconds:F0}"),
        Invariant($"{Time(Expiration)} {Time(Inception)} {KeyTag}"),
        Absolute(Signer),
        Convert.ToBase64String(Signature.Span));

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
}
