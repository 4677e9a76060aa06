using MailAdmin.Dns;

namespace MailAdmin.DomainChecks.Dmarc;

/// <summary>The DMARC policy of a domain.</summary>
/// <param name="Record">The record that applies; null when none does.</param>
/// <param name="FoundAt">The domain that publishes it; null when none does.</param>
/// <param name="OrganizationalDomain">The domain that alignment is measured by (RFC 9989 §4.10.2).</param>
/// <param name="Policy">
/// What receivers are asked to do, with <c>sp</c>, <c>np</c> and <c>t</c> taken into account.
/// </param>
public sealed record DmarcResult(
    DmarcRecord? Record,
    DnsName? FoundAt,
    DnsName OrganizationalDomain,
    DmarcPolicy Policy);
