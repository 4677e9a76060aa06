using MailAdmin.Interop.Storage;
using MailAdmin.Interop.Tools;

namespace MailAdmin.Interop.Dns;

/// <summary>The zones that all servers have, as files; two of them signed, one of these spoiled afterwards.</summary>
internal sealed class DnsZones(TestDirectory directory)
{
    /// <summary>Without signatures.</summary>
    public const string Plain = "example.test";

    /// <summary>Signed.</summary>
    public const string Signed = "signed.test";

    /// <summary>Signed, then changed: whoever validates refuses it.</summary>
    public const string Bogus = "bogus.test";

    /// <summary>Named in the servers' configuration, but without a file that could be read.</summary>
    public const string Broken = "broken.test";

    private const string Start = """
        $TTL 3600
        @ IN SOA ns hostmaster 2026112201 7200 900 1209600 300
        @ IN NS ns
        ns IN A 127.0.0.1
        @ IN MX 10 mail
        mail IN A 192.0.2.10
        www IN A 192.0.2.11

        """;

    private static readonly string PlainZone = Start + $"""
        @ 300 IN MX 20 mx2.example.test.
        @ IN TXT "v=spf1 mx include:_spf.example.test -all"
        @ IN TXT "two " "strings"
        @ IN CAA 0 issue "ca.example; policy=ev"
        @ IN CAA 128 iodef "mailto:security@example.test"
        @ IN A 192.0.2.1
        @ IN AAAA 2001:db8::1
        mail IN AAAA 2001:db8::10
        mx2 60 IN A 192.0.2.20
        mx2 60 IN A 192.0.2.21
        mx2 60 IN A 192.0.2.22
        _spf IN TXT "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 ~all"
        _dmarc IN TXT "v=DMARC1; p=reject; rua=mailto:dmarc@example.test"
        odd IN TXT "quote \" backslash \\ tab \009 umlaut \195\164 high \255"
        empty IN TXT ""
        sel._domainkey IN TXT "v=DKIM1; k=rsa; p={new string('A', 230)}" "{new string('B', 162)}"
        sel2._domainkey IN CNAME sel._domainkey
        big IN TXT {string.Join(' ', Enumerable.Range(0, 12).Select(i => '"' + new string((char)('a' + i), 250) + '"'))}
        huge IN TXT {string.Join(' ', Enumerable.Repeat('"' + new string('h', 255) + '"', 200))}
        nomail IN MX 0 .
        one IN CNAME two
        two IN CNAME three
        three IN CNAME mail
        dangling IN CNAME nowhere
        nodata IN CNAME _dmarc
        loop1 IN CNAME loop2
        loop2 IN CNAME loop1
        away IN CNAME www.signed.test.
        *.wild IN A 192.0.2.40
        *.wild IN TXT "wild"
        xn--bcher-kva IN MX 5 mail.xn--bcher-kva.example.test.
        xn--bcher-kva IN A 192.0.2.50
        _submission._tcp IN SRV 0 1 587 mail
        _imaps._tcp IN SRV 0 0 0 .
        _25._tcp.mail IN TLSA 3 1 1 8D02536C887482BC34FF54E41D2BA659BF85B341A0A20AFADB5813DCFBCF286D
        _25._tcp.mail IN TLSA 2 0 2 {new string('5', 128)}
        10 IN PTR mail.example.test.
        sub IN NS ns
        first\.last IN A 192.0.2.60
        UPPER IN A 192.0.2.70
        hinfo IN HINFO "PC" "Linux"
        typed IN TYPE65281 \# 3 ABCDEF
        {string.Join('\n', Enumerable.Range(0, 60).Select(i => $"many IN MX {i} quite-a-long-name-of-a-mail-host-{i}"))}

        """;

    /// <summary>All of them, with the path of each one's file.</summary>
    public static IReadOnlyList<string> All { get; } = [Plain, Signed, Bogus, Broken];

    /// <summary>The keys that a validating resolver is to trust: the DNSKEY records of both signed zones.</summary>
    public string TrustAnchors { get; private set; } = "";

    /// <summary>Where a zone's file is; for the broken one, where none is.</summary>
    public string PathOf(string zone) => Path.Combine(directory.Path, $"{zone}.zone");

    /// <summary>Writes and signs them.</summary>
    public async Task WriteAsync()
    {
        directory.Write($"{Plain}.zone", PlainZone);
        await SignAsync(Signed);
        await SignAsync(Bogus);
        var path = PathOf(Bogus);
        var signed = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, signed.Replace("192.0.2.11", "192.0.2.66", StringComparison.Ordinal));
    }

    private async Task SignAsync(string zone)
    {
        var plain = directory.Write($"{zone}.plain", Start);
        var keys = directory.Subdirectory($"{zone}.keys");
        var key = await new ExternalTool("dnssec-keygen").RunAsync(
            "-K", keys, "-a", "ECDSAP256SHA256", "-f", "KSK", zone);
        var name = key.EnsureSuccess().Output.Trim();
        var records = await File.ReadAllLinesAsync(Path.Combine(keys, $"{name}.key"));
        TrustAnchors += records.Single(line => line.Contains(" DNSKEY ", StringComparison.Ordinal)) + "\n";
        var signing = await new ExternalTool("dnssec-signzone").RunAsync(
            "-S", "-z", "-K", keys, "-d", keys, "-o", zone, "-f", PathOf(zone), plain);
        signing.EnsureSuccess();
    }
}
