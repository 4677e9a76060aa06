using MailAdmin.Dns;

namespace MailAdmin.DomainChecks.Dmarc;

/// <summary>One question of the tree walk.</summary>
/// <param name="Domain">The domain that was asked for a record.</param>
/// <param name="Texts">The records that mean to be one; more than one count as none.</param>
/// <param name="Record">The record; null when there is none.</param>
/// <param name="Fault">Why nothing is known; null when it is.</param>
internal sealed record DmarcStep(DnsName Domain, IReadOnlyList<string> Texts, DmarcRecord? Record, Phrase? Fault);
