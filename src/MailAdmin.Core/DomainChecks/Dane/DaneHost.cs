using MailAdmin.Dns;
using MailAdmin.Dns.Records;

namespace MailAdmin.DomainChecks.Dane;

/// <summary>The certificate associations of one mail exchange (RFC 7672 §2).</summary>
/// <param name="Host">The host.</param>
/// <param name="Records">Those at <c>_25._tcp</c>.</param>
/// <param name="IsActive">True when senders must hold the host to them: DNSSEC proves all, and one can be used.</param>
/// <param name="FitsCertificate">
/// Whether the certificate that the host shows fits one; null when it was not seen.
/// </param>
public sealed record DaneHost(
    DnsName Host, IReadOnlyList<TlsaRecord> Records, bool IsActive, bool? FitsCertificate = null);
