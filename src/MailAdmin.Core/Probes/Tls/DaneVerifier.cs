using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Dns.Records;
using MailAdmin.Net;

namespace MailAdmin.Probes.Tls;

/// <summary>
/// Compares a certificate chain with TLSA records as SMTP does (RFC 7672 §3.1, RFC 6698 §2.1): usage 3 is the server's
/// own certificate, whose names and dates do not count then; usage 2 an authority above it; 0 and 1 are unusable.
/// </summary>
internal static class DaneVerifier
{
    private const byte TrustAnchor = 2;
    private const byte EndEntity = 3;

    /// <param name="name">Where the records are published.</param>
    /// <param name="records">What is published, proven by DNSSEC.</param>
    /// <param name="session">What the server showed.</param>
    public static DaneResult Verify(string name, IReadOnlyList<TlsaRecord> records, TlsSession session)
    {
        var usable = records.Where(IsUsable).ToArray();
        if (usable.Length == 0)
        {
            return new(DaneOutcome.NotUsable, name, records, "no record has usage 2 or 3, selector 0 or 1, and type 0 to 2");
        }

        var chain = session.Chain.Count > 0 ? session.Chain : session.Certificate is { } sole ? [sole] : [];
        var fit = usable.FirstOrDefault(record => Fits(record, chain, session.Faults));
        return fit is not null
            ? new(DaneOutcome.Matches, name, records, fit.Data)
            : new(DaneOutcome.Mismatch, name, records, Difference(usable, chain));
    }

    private static bool IsUsable(TlsaRecord record) =>
        record is { Usage: TrustAnchor or EndEntity, Selector: 0 or 1, MatchingType: <= 2 };

    private static bool Fits(
        TlsaRecord record, IReadOnlyList<X509Certificate2> chain, IReadOnlyList<CertificateFault> faults) =>
        record.Usage == EndEntity
            ? chain.Take(1).Any(certificate => IsAbout(record, certificate))
            : chain.Skip(1).Any(certificate => IsAbout(record, certificate)) && faults.All(IsNoMatterToAnchor);

    // The record stands in for the trust in the root; names and dates still count (RFC 7672 §3.1.2, §3.2.2).
    private static bool IsNoMatterToAnchor(CertificateFault fault) =>
        fault.IsOnlyWarning || fault.ErrorId is CertificateFaultIds.Untrusted or CertificateFaultIds.SelfSigned;

    private static bool IsAbout(TlsaRecord record, X509Certificate2 certificate)
    {
        var data = record.Selector == 0 ? certificate.RawData : certificate.PublicKey.ExportSubjectPublicKeyInfo();
        var expected = record.MatchingType switch
        {
            1 => SHA256.HashData(data),
            2 => SHA512.HashData(data),
            _ => data,
        };
        return record.Association.Span.SequenceEqual(expected);
    }

    private static string Difference(TlsaRecord[] records, IReadOnlyList<X509Certificate2> chain)
    {
        var hash = chain.Count == 0
            ? "there is no certificate"
            : $"its '3 1 1' would be {Convert.ToHexString(SHA256.HashData(chain[0].PublicKey.ExportSubjectPublicKeyInfo()))}";
        return $"{hash}; published: {string.Join(", ", records.Select(r => r.Data))}";
    }
}
