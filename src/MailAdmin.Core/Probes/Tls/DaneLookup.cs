using System.Net;
using MailAdmin.Dns;
using MailAdmin.Dns.Records;
using MailAdmin.Net;
using MailAdmin.Transports;

namespace MailAdmin.Probes.Tls;

/// <summary>Finds a server's TLSA records and has them compared.</summary>
internal static class DaneLookup
{
    public static async Task<DaneResult> RunAsync(
        IDnsResolver? dns, SmtpRoute route, TlsSession session, CancellationToken cancellationToken)
    {
        var text = FormattableString.Invariant($"_{route.EffectivePort}._tcp.{route.Host}");
        if (dns is null || IPAddress.TryParse(route.Host.Trim('[', ']'), out _) ||
            !DnsName.TryParse(text, out var name, out _))
        {
            return new(DaneOutcome.NotChecked, "", [], "");
        }

        var response = await dns.QueryAsync(name, DnsRecordType.TLSA, cancellationToken).ConfigureAwait(false);
        if (!response.IsDefinite)
        {
            return new(DaneOutcome.LookupFailed, text, [], response.Outcome.ToString());
        }

        var records = response.Records<TlsaRecord>();
        return records.Count == 0 ? new(DaneOutcome.NotPublished, text, [], "")
            : !response.IsAuthenticated ? new(
                DaneOutcome.NotAuthenticated, text, records, "DNSSEC does not prove the records")
            : DaneVerifier.Verify(text, records, session);
    }
}
