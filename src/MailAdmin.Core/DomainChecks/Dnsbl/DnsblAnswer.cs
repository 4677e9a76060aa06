using System.Net;

namespace MailAdmin.DomainChecks.Dnsbl;

/// <summary>What one block list says about one address.</summary>
/// <param name="Address">The address.</param>
/// <param name="Zone">The list.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="Codes">The answers, each by the list's name for it where that is known.</param>
/// <param name="Reason">The list's own words, if it gives any.</param>
public sealed record DnsblAnswer(
    IPAddress Address,
    string Zone,
    DnsblVerdict Verdict,
    IReadOnlyList<string> Codes,
    string? Reason);
