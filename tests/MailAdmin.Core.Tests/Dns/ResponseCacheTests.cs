using System.Net;
using MailAdmin.Dns;
using MailAdmin.Dns.Caching;
using MailAdmin.Dns.Records;

namespace MailAdmin.Tests.Dns;

public sealed class ResponseCacheTests
{
    private static readonly DnsName Name = DnsName.Parse("example.com");

    private readonly ManualTime _time = new();
    private readonly ResponseCache _cache;

    public ResponseCacheTests() => _cache = new ResponseCache(1_000_000, _time);

    [Fact]
    public void Keeps_an_answer_as_long_as_it_says()
    {
        _cache.Add(Address(Name, 60), 100);
        _time.Advance(TimeSpan.FromSeconds(59));
        var found = Find(DnsRecordType.A);
        Assert.NotNull(found);
        Assert.True(found.IsFromCache);
        Assert.Equal(TimeSpan.FromSeconds(59), found.Age);
        Assert.Equal(TimeSpan.FromSeconds(1), found.TimeToLive);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Find(DnsRecordType.A));
    }

    [Fact]
    public void Tells_types_apart()
    {
        _cache.Add(Address(Name, 60), 100);
        Assert.Null(Find(DnsRecordType.AAAA));
        Assert.NotNull(_cache.Find(new DnsQuestion(DnsName.Parse("EXAMPLE.com"), DnsRecordType.A)));
    }

    [Fact]
    public void A_name_that_does_not_exist_has_records_of_no_type()
    {
        _cache.Add(Negative(DnsOutcome.NxDomain, 900, 300), 100);
        var found = Find(DnsRecordType.TXT);
        Assert.NotNull(found);
        Assert.Equal(DnsOutcome.NxDomain, found.Outcome);
        Assert.Equal(DnsRecordType.TXT, found.Type);
        _time.Advance(TimeSpan.FromSeconds(300));
        Assert.Null(Find(DnsRecordType.TXT));
    }

    [Fact]
    public void A_name_without_data_may_have_some_of_another_type()
    {
        _cache.Add(Negative(DnsOutcome.NoData, 60, 300), 100);
        Assert.Null(Find(DnsRecordType.TXT));
        Assert.NotNull(Find(DnsRecordType.MX));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Null(Find(DnsRecordType.MX));
    }

    [Fact]
    public void An_alias_of_a_name_that_does_not_exist_exists()
    {
        _cache.Add(
            Negative(DnsOutcome.NxDomain, 900, 900) with
            {
                Answers = [new CnameRecord(Name, TimeSpan.FromSeconds(60), DnsName.Parse("gone.example"))],
            },
            100);
        Assert.NotNull(Find(DnsRecordType.MX));
        Assert.Null(Find(DnsRecordType.CNAME));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Null(Find(DnsRecordType.MX));
    }

    [Fact]
    public void Keeps_nothing_that_may_not_be_kept()
    {
        _cache.Add(Address(Name, 0), 100);
        _cache.Add(Negative(DnsOutcome.NoData, 60, 300) with { Authority = null }, 100);
        _cache.Add(Address(Name, 60) with { Outcome = DnsOutcome.ServFail }, 100);
        _cache.Add(Address(Name, 60), 600_000);
        Assert.Equal(0, _cache.Count);
    }

    [Fact]
    public void Keeps_nothing_for_ever()
    {
        _cache.Add(Address(Name, int.MaxValue), 100);
        _cache.Add(Negative(DnsOutcome.NoData, int.MaxValue, int.MaxValue), 100);
        _time.Advance(TimeSpan.FromHours(3));
        Assert.Null(Find(DnsRecordType.MX));
        Assert.NotNull(Find(DnsRecordType.A));
        _time.Advance(TimeSpan.FromHours(21));
        Assert.Null(Find(DnsRecordType.A));
    }

    [Fact]
    public void Forgets_what_is_not_used_when_it_is_full()
    {
        _cache.Add(Address(Name, 3600), 100);
        for (var i = 0; i < 20_000; i++)
        {
            _cache.Add(Address(DnsName.Parse($"n{i}.example.com"), 3600), 100);
            if (i % 100 == 0)
            {
                Assert.NotNull(Find(DnsRecordType.A));
            }
        }

        // Each costs its 100 octets and 512 more.
        Assert.InRange(_cache.Count, 1_000_000 / 612 / 2, 1_000_000 / 612);
        Assert.Null(_cache.Find(new DnsQuestion(DnsName.Parse("n0.example.com"), DnsRecordType.A)));
    }

    [Fact]
    public void The_same_answer_again_takes_no_more_room()
    {
        for (var i = 0; i < 20_000; i++)
        {
            _cache.Add(Address(Name, 3600), 100);
        }

        _cache.Add(Negative(DnsOutcome.NoData, 60, 300), 100);
        Assert.Equal(2, _cache.Count);
    }

    private DnsResponse? Find(DnsRecordType type) => _cache.Find(new DnsQuestion(Name, type));

    private static DnsResponse Address(DnsName name, int seconds) => new()
    {
        Name = name,
        Type = DnsRecordType.A,
        Outcome = DnsOutcome.Success,
        Answers = [new AddressRecord(name, TimeSpan.FromSeconds(seconds), IPAddress.Loopback)],
    };

    private static DnsResponse Negative(DnsOutcome outcome, int seconds, int minimum) => new()
    {
        Name = Name,
        Type = DnsRecordType.MX,
        Outcome = outcome,
        Authority = new SoaRecord(Name, default, Name, Name, 1, default, default, default, default)
        {
            TimeToLive = TimeSpan.FromSeconds(seconds), Minimum = TimeSpan.FromSeconds(minimum),
        },
    };
}
