using System.Net;
using MailAdmin.Dns;
using MailAdmin.Dns.Records;

namespace MailAdmin.Interop.Dns;

/// <summary>The resolver brings what <c>dig</c> brings, from each of the servers.</summary>
[Collection(nameof(DnsServers))]
public sealed class DnsClientInteropTests(DnsServers servers)
{
    private static readonly (string Name, string Type)[] Questions =
    [
        ("example.test", "SOA"), ("example.test", "NS"), ("example.test", "MX"), ("example.test", "TXT"),
        ("example.test", "A"), ("example.test", "AAAA"), ("example.test", "CAA"), ("example.test", "SRV"),
        ("EXAMPLE.Test", "MX"), ("mail.example.test", "A"), ("mail.example.test", "AAAA"), ("mail.example.test", "MX"),
        ("mx2.example.test", "A"), ("_spf.example.test", "TXT"), ("_dmarc.example.test", "TXT"),
        ("odd.example.test", "TXT"), ("empty.example.test", "TXT"), ("sel._domainkey.example.test", "TXT"),
        ("sel2._domainkey.example.test", "TXT"),
        ("sel2._domainkey.example.test", "CNAME"), ("big.example.test", "TXT"), ("huge.example.test", "TXT"),
        ("many.example.test", "MX"), ("nomail.example.test", "MX"), ("one.example.test", "A"),
        ("one.example.test", "AAAA"), ("one.example.test", "CNAME"), ("one.example.test", "TXT"),
        ("dangling.example.test", "A"),
        ("nodata.example.test", "A"), ("a.wild.example.test", "A"),
        ("b.c.wild.example.test", "TXT"), ("xn--bcher-kva.example.test", "MX"), ("xn--bcher-kva.example.test", "A"),
        ("_submission._tcp.example.test", "SRV"), ("_imaps._tcp.example.test", "SRV"), ("_tcp.example.test", "A"),
        ("_25._tcp.mail.example.test", "TLSA"), ("10.example.test", "PTR"), ("first\\.last.example.test", "A"),
        ("upper.example.test", "A"), ("typed.example.test", "TYPE65281"), ("nowhere.example.test", "A"),
        ("a.b.nowhere.example.test", "MX"), ("signed.test", "SOA"), ("signed.test", "MX"), ("signed.test", "DNSKEY"),
        ("www.signed.test", "A"), ("www.signed.test", "TXT"), ("nowhere.signed.test", "A"), ("bogus.test", "MX"),
        ("www.bogus.test", "A"), ("broken.test", "MX"), ("www.broken.test", "A"),
    ];

    public static IEnumerable<object[]> Cases =>
        from server in Enum.GetValues<DnsServerKind>()
        from question in Questions
        select new object[] { server, question.Name, question.Type };

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public async Task Brings_what_dig_brings(DnsServerKind server, string name, string type)
    {
        using var client = Client(server);
        var measure = await Dig.AskAsync(servers.Require(server), name, type);
        var response = await client.QueryAsync(name, TypeOf(type), default);
        Assert.Equal(measure.Status, Status(response));
        Assert.Equal(measure.IsAuthenticated, response.IsAuthenticated);
        Assert.Equal(measure.UsedTcp, response.UsedTcp);
        Assert.Equal(measure.ExtendedErrors, response.ExtendedErrors.Select(error => $"{error.Code}"));
        Assert.Equal(
            measure.Answers.Select(line => WithoutAge(server, line)).Order(StringComparer.Ordinal),
            response.Answers.Select(record => WithoutAge(server, record.ToString())).Order(StringComparer.Ordinal));
        Assert.Equal(
            measure.Status switch
            {
                "NOERROR" when measure.Answers.Any(line => line.Split(' ')[3] == type) => DnsOutcome.Success,
                "NOERROR" => DnsOutcome.NoData,
                "NXDOMAIN" => DnsOutcome.NxDomain,
                "SERVFAIL" => DnsOutcome.ServFail,
                _ => DnsOutcome.OtherError,
            },
            response.Outcome);
    }

    [SkippableTheory]
    [InlineData(DnsServerKind.Knot)]
    [InlineData(DnsServerKind.Bind)]
    [InlineData(DnsServerKind.Unbound)]
    public async Task Takes_names_in_Unicode(DnsServerKind server)
    {
        using var client = Client(server);
        var response = await client.QueryAsync("bücher.example.test", DnsRecordType.MX, default);
        Assert.Equal("mail.bücher.example.test", Assert.Single(response.Records<MxRecord>()).Exchange.Unicode);
    }

    [SkippableTheory]
    [InlineData(DnsServerKind.Knot)]
    [InlineData(DnsServerKind.Bind)]
    [InlineData(DnsServerKind.Unbound)]
    public async Task Brings_signatures_when_they_are_wanted(DnsServerKind server)
    {
        using var client = Client(server, new DnsClientOptions { WantsSignatures = true });
        var response = await client.QueryAsync("www.signed.test", DnsRecordType.A, default);
        var signature = Assert.Single(response.Answers.OfType<RrsigRecord>());
        Assert.Equal(DnsRecordType.A, signature.TypeCovered);
        Assert.Equal("signed.test", signature.Signer.ToString());
        Assert.True(signature.Expiration > DateTimeOffset.UtcNow);
        Assert.Equal(server == DnsServerKind.Unbound, response.IsAuthenticated);
    }

    [SkippableFact]
    public async Task Says_why_what_is_bogus_does_not_resolve()
    {
        using var client = Client(DnsServerKind.Unbound);
        var response = await client.QueryAsync("www.bogus.test", DnsRecordType.A, default);
        Assert.Equal(DnsOutcome.ServFail, response.Outcome);
        Assert.Contains(response.ExtendedErrors, error => error.IsDnssecFailure);

        using var careless = Client(DnsServerKind.Unbound, new DnsClientOptions { DisablesChecking = true });
        var unchecked_ = await careless.QueryAsync("www.bogus.test", DnsRecordType.A, default);
        Assert.Equal("192.0.2.66", Assert.Single(unchecked_.Records<AddressRecord>()).Data);
        Assert.False(unchecked_.IsAuthenticated);
    }

    [SkippableFact]
    public async Task Fails_as_the_resolver_does_where_nobody_knows_the_zone()
    {
        using var client = Client(DnsServerKind.Unbound);
        var response = await client.QueryAsync($"www.{DnsServers.Lame}", DnsRecordType.A, default);
        Assert.Equal(DnsOutcome.ServFail, response.Outcome);
        Assert.True(Assert.Throws<DnsLookupException>(response.EnsureDefinite).IsTransient);
    }

    [SkippableTheory]
    [InlineData(DnsServerKind.Knot)]
    [InlineData(DnsServerKind.Bind)]
    public async Task Is_refused_what_a_server_does_not_have(DnsServerKind server)
    {
        using var client = Client(server);
        var response = await client.QueryAsync("elsewhere.example", DnsRecordType.A, default);
        Assert.Equal(DnsOutcome.Refused, response.Outcome);
    }

    [SkippableTheory]
    [InlineData(DnsServerKind.Knot)]
    [InlineData(DnsServerKind.Bind)]
    [InlineData(DnsServerKind.Unbound)]
    public async Task Has_many_questions_in_flight_over_UDP_and_TCP(DnsServerKind server)
    {
        using var client = Client(server, new DnsClientOptions { CacheOctets = 0, MaxInFlight = 50 });
        var responses = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => i % 10 == 0
            ? client.QueryAsync("big.example.test", DnsRecordType.TXT, default)
            : client.QueryAsync($"n{i}.wild.example.test", DnsRecordType.TXT, default)));
        Assert.All(responses, response => Assert.Equal(DnsOutcome.Success, response.Outcome));
    }

    [SkippableTheory]
    [InlineData(DnsServerKind.Knot)]
    [InlineData(DnsServerKind.Bind)]
    [InlineData(DnsServerKind.Unbound)]
    public async Task Follows_an_alias_into_another_zone(DnsServerKind server)
    {
        // Servers that answer from their zones alone give the alias only, to dig as well.
        using var client = Client(server);
        var response = await client.QueryAsync("away.example.test", DnsRecordType.A, default);
        Assert.Equal(["www.signed.test"], response.Aliases.Select(name => name.ToString()));
        Assert.Equal("192.0.2.11", Assert.Single(response.Records<AddressRecord>()).Data);
        Assert.False(response.IsAuthenticated);
    }

    [SkippableTheory]
    [InlineData(DnsServerKind.Knot)]
    [InlineData(DnsServerKind.Bind)]
    [InlineData(DnsServerKind.Unbound)]
    public async Task Survives_aliases_that_lead_back(DnsServerKind server)
    {
        using var client = Client(server);
        var measure = await Dig.AskAsync(servers.Require(server), "loop1.example.test", "A");
        var response = await client.QueryAsync("loop1.example.test", DnsRecordType.A, default);
        Assert.Equal(measure.Status == "NOERROR" ? DnsOutcome.AliasLoop : DnsOutcome.ServFail, response.Outcome);
    }

    private DnsClient Client(DnsServerKind server, DnsClientOptions? options = null) => new(
        (options ?? new DnsClientOptions()) with
        {
            Servers = [servers.Require(server)],
            Timeout = TimeSpan.FromSeconds(30),
        });

    private static DnsRecordType TypeOf(string type) =>
        type.StartsWith("TYPE", StringComparison.Ordinal) ? (DnsRecordType)65281 : Enum.Parse<DnsRecordType>(type);

    private static string Status(DnsResponse response) => response.ResponseCode switch
    {
        0 => "NOERROR",
        2 => "SERVFAIL",
        3 => "NXDOMAIN",
        5 => "REFUSED",
        var code => $"{code}",
    };

    // A resolver counts the time to live down.
    private static string WithoutAge(DnsServerKind server, string line) => server != DnsServerKind.Unbound
        ? line
        : string.Join(' ', line.Split(' ', 3) is [var name, _, var rest] ? [name, rest] : [line]);
}
