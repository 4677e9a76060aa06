using System.Net;
using MailAdmin.Dns;
using MailAdmin.Dns.Records;

namespace MailAdmin.Tests.Dns;

public sealed class DnsResponseTests
{
    private static readonly DnsName Name = DnsName.Parse("example.com");
    private static readonly DnsName Alias = DnsName.Parse("www.example.com");
    private static readonly DnsName Other = DnsName.Parse("other.example");

    [Fact]
    public void Follows_aliases_to_the_records()
    {
        var address = new AddressRecord(Other, TimeSpan.FromSeconds(60), IPAddress.Loopback);
        var response = new DnsResponse
        {
            Name = Name,
            Type = DnsRecordType.A,
            Outcome = DnsOutcome.Success,
            Answers =
            [
                new CnameRecord(Name, TimeSpan.FromSeconds(300), Alias),
                new AddressRecord(DnsName.Parse("stray.example"), TimeSpan.FromSeconds(90), IPAddress.Any),
                address,
                new CnameRecord(Alias, TimeSpan.FromSeconds(30), Other),
            ],
        };
        Assert.Equal([Alias, Other], response.Aliases);
        Assert.Equal(Other, response.CanonicalName);
        Assert.Equal([address], response.Records<AddressRecord>());
        Assert.Equal(TimeSpan.FromSeconds(30), response.TimeToLive);
        Assert.Equal(TimeSpan.FromSeconds(20), (response with { Age = TimeSpan.FromSeconds(10) }).TimeToLive);
        Assert.Equal(TimeSpan.Zero, (response with { Age = TimeSpan.FromSeconds(50) }).TimeToLive);
    }

    [Fact]
    public void A_question_for_the_alias_itself_follows_none()
    {
        var alias = new CnameRecord(Name, TimeSpan.FromSeconds(300), Alias);
        var response = new DnsResponse
        {
            Name = Name, Type = DnsRecordType.CNAME, Outcome = DnsOutcome.Success, Answers = [alias],
        };
        Assert.Empty(response.Aliases);
        Assert.Equal([alias], response.Records<CnameRecord>());
    }

    [Fact]
    public void Survives_aliases_that_lead_back()
    {
        var response = new DnsResponse
        {
            Name = Name,
            Type = DnsRecordType.MX,
            Outcome = DnsOutcome.AliasLoop,
            Answers = [new CnameRecord(Name, TimeSpan.Zero, Alias), new CnameRecord(Alias, TimeSpan.Zero, Name)],
        };
        Assert.Equal(DnsResponse.MaxAliases, response.Aliases.Count);
        Assert.Empty(response.Records<MxRecord>());
    }

    [Fact]
    public void A_negative_answer_lives_as_long_as_its_authority_says()
    {
        var response = new DnsResponse { Name = Name, Type = DnsRecordType.MX, Outcome = DnsOutcome.NoData };
        Assert.Equal(TimeSpan.Zero, response.TimeToLive);
        var soa = new SoaRecord(
            Name, TimeSpan.FromSeconds(900), Name, Name, 1, default, default, default, TimeSpan.FromSeconds(300));
        Assert.Equal(TimeSpan.FromSeconds(300), (response with { Authority = soa }).TimeToLive);
    }

    [Fact]
    public void A_failure_explains_itself()
    {
        var response = new DnsResponse
        {
            Name = Name,
            Type = DnsRecordType.TLSA,
            Outcome = DnsOutcome.ServFail,
            ResponseCode = 2,
            Server = new IPEndPoint(IPAddress.Loopback, 53),
            ExtendedErrors = [new DnsExtendedError(6, "signature crypto failed")],
        };
        var failure = Assert.Throws<DnsLookupException>(response.EnsureDefinite);
        Assert.Equal("DnsServFail", failure.ErrorId);
        Assert.Contains("example.com (TLSA)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("DNSSEC bogus: signature crypto failed", failure.Message, StringComparison.Ordinal);
        Assert.Contains("DNSSEC", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.True(failure.IsTransient);
    }
}
