using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Dns.Records;
using MailAdmin.Net;

namespace MailAdmin.DomainChecks.Dane;

/// <summary>
/// Compares a certificate chain with TLSA records as SMTP does (RFC 7672 §3.1, RFC 6698 §2.1): usage 3 is the server's
/// own certificate, whose names and dates do not count then; usage 2 an authority above it.
/// </summary>
internal static class TlsaMatch
{
    private const byte EndEntity = 3;

    /// <summary>The first record that fits; null when none does.</summary>
    /// <param name="usable">Records that SMTP can use.</param>
    /// <param name="session">What the server showed.</param>
    public static TlsaRecord? Find(IEnumerable<TlsaRecord> usable, TlsSession session)
    {
        var chain = ChainOf(session);
        return usable.FirstOrDefault(record => record.Usage == EndEntity
            ? chain.Take(1).Any(certificate => IsAbout(record, certificate))
            : chain.Skip(1).Any(certificate => IsAbout(record, certificate)) && session.Faults.All(IsNoMatterToAnchor));
    }

    /// <summary>
    /// The data of the record '3 1 1' for what the server showed; null when it showed no certificate.
    /// </summary>
    public static string? KeyHash(TlsSession session) => ChainOf(session) is [var own, ..]
        ? Convert.ToHexString(SHA256.HashData(own.PublicKey.ExportSubjectPublicKeyInfo()))
        : null;

    private static IReadOnlyList<X509Certificate2> ChainOf(TlsSession session) =>
        session.Chain.Count > 0 ? session.Chain : session.Certificate is { } sole ? [sole] : [];

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
}
