namespace MailAdmin.DomainChecks.Dnsbl;

/// <summary>A block list that is asked over the DNS (RFC 5782).</summary>
/// <param name="Zone">The domain under which it answers.</param>
/// <param name="IPv4">Whether it lists IPv4 addresses.</param>
/// <param name="IPv6">Whether it lists IPv6 addresses.</param>
/// <param name="Codes">What its answers mean; answers that are not named count as listed.</param>
/// <param name="Removal">Where to ask for removal.</param>
public sealed record DnsblZone(string Zone, bool IPv4, bool IPv6, IReadOnlyList<DnsblCode> Codes, string Removal)
{
    /// <summary>What the list calls one of its answers; the answer itself when that is not known.</summary>
    internal string NameOf(string answer) =>
        Codes.FirstOrDefault(code => code.Address == answer)?.Name ?? answer;
}
