using System.Net;
using System.Net.Sockets;
using MailAdmin.Dns;
using MailAdmin.Dns.Records;

namespace MailAdmin.DomainChecks.Dnsbl;

/// <summary>Asks block lists about the sending addresses (RFC 5782 §2).</summary>
internal sealed class DnsblCheck(
    IDnsResolver resolver,
    DnsblCatalog catalog,
    AreaLog log,
    CancellationToken cancellationToken)
{
    private const int ReverseSuffixLabels = 2;

    // Lists answer with these when they refuse: 127.255.255.252 a typing error, .254 a public resolver, .255 too many.
    private static readonly IPNetwork Refusals = IPNetwork.Parse("127.255.255.0/24");
    private static readonly IPNetwork Answers = IPNetwork.Parse("127.0.0.0/8");

    // By RFC 5782 §5 never listed by a list that works.
    private static readonly IPAddress Never4 = IPAddress.Parse("127.0.0.1");
    private static readonly IPAddress Never6 = IPAddress.Parse("::ffff:7f00:1");

    public async Task<IReadOnlyList<DnsblAnswer>> RunAsync(IReadOnlyList<IPAddress> addresses)
    {
        if (addresses.Count == 0)
        {
            log.Info(new Phrase("DnsblNoAddress"));
            return [];
        }

        var questions =
            from address in addresses.Select(given => given.IsIPv4MappedToIPv6 ? given.MapToIPv4() : given).Distinct()
            from zone in catalog.Zones
            where address.AddressFamily == AddressFamily.InterNetwork ? zone.IPv4 : zone.IPv6
            select AskAsync(address, zone);
        var answers = await Task.WhenAll(questions).ConfigureAwait(false);
        foreach (var answer in answers)
        {
            Report(answer);
        }

        foreach (var group in answers.GroupBy(answer => answer.Address.ToString()))
        {
            var silent = group.Count(answer => answer.Verdict == DnsblVerdict.NotListed);
            if (silent == 0 && group.All(answer => answer.Verdict != DnsblVerdict.Listed))
            {
                log.Info(new Phrase("DnsblNobodyAnswered", group.Key));
            }
            else if (group.All(answer => answer.Verdict != DnsblVerdict.Listed))
            {
                log.Ok(new Phrase("DnsblClean", group.Key, silent));
            }
        }

        return answers;
    }

    /// <summary>The name to ask for: the address in reverse, before the list's domain.</summary>
    internal static DnsName NameFor(IPAddress address, string zone)
    {
        var reverse = Reversed(address);
        var labels = reverse.Split('.');
        return DnsName.Parse($"{string.Join('.', labels[..^ReverseSuffixLabels])}.{zone}");
    }

    // The test address of IPv6 lists is one that is else taken for IPv4.
    private static string Reversed(IPAddress address) => address.Equals(Never6)
        ? $"{string.Join('.', Enumerable.Reverse(Convert.ToHexString(address.GetAddressBytes())))}.ip6.arpa"
        : DnsName.Reverse(address).ToString();

    private async Task<DnsblAnswer> AskAsync(IPAddress address, DnsblZone zone)
    {
        var name = NameFor(address, zone.Zone);
        var response = await resolver.QueryAsync(name, DnsRecordType.A, cancellationToken).ConfigureAwait(false);
        var codes = response.Records<AddressRecord>().Select(record => record.Address).ToList();
        var verdict = await VerdictAsync(response, codes, address, zone).ConfigureAwait(false);
        string? reason = null;
        if (verdict is DnsblVerdict.Listed or DnsblVerdict.QueryRefused)
        {
            var words = await resolver.QueryAsync(name, DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
            reason = words.Records<TxtRecord>() is [var first, ..] ? PrintableText.Short(first.Text) : null;
        }

        return new DnsblAnswer(
            address,
            zone.Zone,
            verdict,
            [.. codes.Select(code => code.ToString()).Select(zone.NameOf)],
            reason);
    }

    private async Task<DnsblVerdict> VerdictAsync(
        DnsResponse response,
        List<IPAddress> codes,
        IPAddress address,
        DnsblZone zone)
    {
        if (response.Outcome == DnsOutcome.Refused || codes.Exists(Refusals.Contains))
        {
            return DnsblVerdict.QueryRefused;
        }

        if (!response.IsDefinite)
        {
            return DnsblVerdict.NotReached;
        }

        if (codes.Count == 0)
        {
            return DnsblVerdict.NotListed;
        }

        if (!codes.TrueForAll(Answers.Contains))
        {
            return DnsblVerdict.Unusable;
        }

        var never = address.AddressFamily == AddressFamily.InterNetwork ? Never4 : Never6;
        var control = await resolver.QueryAsync(NameFor(never, zone.Zone), DnsRecordType.A, cancellationToken)
            .ConfigureAwait(false);
        return control.Outcome == DnsOutcome.Success ? DnsblVerdict.Unusable : DnsblVerdict.Listed;
    }

    private void Report(DnsblAnswer answer)
    {
        var address = answer.Address.ToString();
        var codes = string.Join(", ", answer.Codes);
        switch (answer.Verdict)
        {
            case DnsblVerdict.Listed:
                var removal = catalog.Zones.First(zone => zone.Zone == answer.Zone).Removal;
                log.Error(new Phrase("DnsblListed", address, answer.Zone, codes, answer.Reason ?? "", removal));
                break;

            case DnsblVerdict.QueryRefused:
                log.Info(new Phrase("DnsblRefused", answer.Zone, address));
                break;

            case DnsblVerdict.Unusable:
                log.Info(new Phrase("DnsblUnusable", answer.Zone, codes));
                break;

            case DnsblVerdict.NotReached:
                log.Info(new Phrase("DnsblNotReached", answer.Zone));
                break;
        }
    }
}
