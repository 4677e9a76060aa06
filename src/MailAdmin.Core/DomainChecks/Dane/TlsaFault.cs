using MailAdmin.Dns.Records;

namespace MailAdmin.DomainChecks.Dane;

/// <summary>Why SMTP clients cannot use a TLSA record (RFC 7672 §3.1).</summary>
internal static class TlsaFault
{
    private const int Sha256Octets = 32;
    private const int Sha512Octets = 64;

    /// <summary>What is wrong; null when it can be used.</summary>
    public static Phrase? Of(TlsaRecord record)
    {
        var length = record.Association.Length;
        var expected = record.MatchingType switch { 1 => Sha256Octets, 2 => Sha512Octets, _ => length };
        return record switch
        {
            { Usage: 0 or 1 } => new Phrase("DaneUsagePkix", record.Usage),
            { Usage: > 3 } => new Phrase("DaneUsageUnknown", record.Usage),
            { Selector: > 1 } => new Phrase("DaneSelectorUnknown", record.Selector),
            { MatchingType: > 2 } => new Phrase("DaneMatchingUnknown", record.MatchingType),
            { Association.Length: 0 } => new Phrase("DaneEmpty"),
            _ when length != expected => new Phrase("DaneLength", length, expected),
            _ => null,
        };
    }
}
