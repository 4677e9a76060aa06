using System.Net;
using MailAdmin.Dns;
using MailAdmin.Dns.Records;
using MailAdmin.DomainChecks.Spf;

namespace MailAdmin.Tests.DomainChecks.Spf;

/// <summary>
/// Damaged records: each is taken or refused in words, and never more than the limits allow is asked.
/// </summary>
public sealed class SpfMutationTests
{
    private const int Count = 100_000;
    private const int Evaluated = 5_000;
    private const int Seed = 7208;

    private static readonly string[] Originals =
    [
        "v=spf1 include:_spf.example.net ip4:192.0.2.0/24 ip6:2001:db8::/32 mx/24//64 redirect=_rest.example.com",
        "v=spf1 a:%{d2}/24 exists:%{ir}.%{v}.%{l1r+-}._spf.%{D2} ptr:example.com ?all exp=why.%{o}",
        "v=spf1 include:example.com -a:%{h}.example.com ~mx unknown=%{s} -all",
    ];

    [Fact]
    public void Takes_or_refuses_whatever_comes()
    {
        var taken = 0;
        foreach (var text in Mutations.OfText(Originals, Count, Seed))
        {
            if (SpfRecord.TryParse(text, out var record, out var fault))
            {
                taken++;
                Assert.Equal(text, record.Text);
            }
            else
            {
                Assert.NotEmpty(fault.ToString());
            }
        }

        Assert.InRange(taken, Count / 20, Count - (Count / 20));
    }

    [Fact]
    public async Task Evaluates_whatever_comes_within_the_limits()
    {
        var domain = DnsName.Parse("example.com");
        foreach (var text in Mutations.OfText(Originals, Evaluated, Seed))
        {
            var zone = new MemoryResolver().With(
                "example.com MX 10 mail.example.com",
                "mail.example.com A 192.0.2.7",
                "_spf.example.net TXT \"v=spf1 include:example.com a mx -all\"");
            zone.Add(new TxtRecord(domain, default, [System.Text.Encoding.UTF8.GetBytes(text)]));
            var result = await new SpfEvaluator(zone).CheckAsync(
                new SpfQuery { Address = IPAddress.Parse("203.0.113.1"), MailFrom = "a-b@example.com" }, default);
            Assert.InRange(result.Lookups, 0, 11);
            Assert.InRange(zone.Queries, 1, 150);
            Assert.Equal(
                result.Verdict is SpfVerdict.None or SpfVerdict.TempError or SpfVerdict.PermError,
                result.Fault is not null);
        }
    }
}
