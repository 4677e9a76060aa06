using MailAdmin.Dns.Records;
using MailAdmin.DomainChecks.Dane;
using MailAdmin.Net;

namespace MailAdmin.Probes.Tls;

/// <summary>Says what the TLSA records of a server mean for the certificate that it shows (RFC 7672 §3.1).</summary>
internal static class DaneVerifier
{
    /// <param name="name">Where the records are published.</param>
    /// <param name="records">What is published, proven by DNSSEC.</param>
    /// <param name="session">What the server showed.</param>
    public static DaneResult Verify(string name, IReadOnlyList<TlsaRecord> records, TlsSession session)
    {
        var usable = records.Where(record => TlsaFault.Of(record) is null).ToArray();
        return usable.Length == 0
            ? new(DaneOutcome.NotUsable, name, records, "no record has usage 2 or 3, selector 0 or 1, and type 0 to 2")
            : TlsaMatch.Find(usable, session) is { } fit
                ? new(DaneOutcome.Matches, name, records, fit.Data)
                : new(DaneOutcome.Mismatch, name, records, Difference(usable, session));
    }

    private static string Difference(TlsaRecord[] records, TlsSession session)
    {
        var hash = TlsaMatch.KeyHash(session) is { } hex ? $"its '3 1 1' would be {hex}" : "there is no certificate";
        return $"{hash}; published: {string.Join(", ", records.Select(r => r.Data))}";
    }
}
