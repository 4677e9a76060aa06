namespace MailAdmin.DomainChecks.Dnsbl;

/// <summary>What one answer of a block list means.</summary>
/// <param name="Address">The answer, such as <c>127.0.0.2</c>.</param>
/// <param name="Name">What the list calls it.</param>
public sealed record DnsblCode(string Address, string Name);
