using MailAdmin.Dns;
using MailAdmin.DomainChecks;
using MailAdmin.DomainChecks.Dmarc;

namespace MailAdmin.Tests.DomainChecks.Dmarc;

/// <summary>The tree walk, with the examples of RFC 9989 §4.10.</summary>
public sealed class DmarcWalkTests
{
    [Fact]
    public async Task Asks_eight_questions_at_most()
    {
        var walk = await Walk("a.b.c.d.e.f.g.h.i.j.mail.example.com");
        Assert.Equal(
            [
                "a.b.c.d.e.f.g.h.i.j.mail.example.com",
                "g.h.i.j.mail.example.com",
                "h.i.j.mail.example.com",
                "i.j.mail.example.com",
                "j.mail.example.com",
                "mail.example.com",
                "example.com",
                "com",
            ],
            walk.Steps.Select(step => step.Domain.ToString()));
        Assert.Equal("a.b.c.d.e.f.g.h.i.j.mail.example.com", walk.OrganizationalDomain.ToString());
        Assert.Null(walk.Applied);
    }

    [Theory]
    [InlineData("example.com", "mail.example.com=p=none", "example.com=p=reject")]
    [InlineData("mail.example.com", "mail.example.com=p=none; psd=n", "example.com=p=reject")]
    [InlineData("example.com", "com=p=none; psd=y")]
    [InlineData("a.mail.example.com", "a.mail.example.com=p=none; psd=n")]
    public async Task Finds_the_organisational_domain(string expected, params string[] records) =>
        Assert.Equal(expected, (await Walk("a.mail.example.com", records)).OrganizationalDomain.ToString());

    [Theory]
    [InlineData("a.mail.example.com", "a.mail.example.com=p=none", "example.com=p=reject")]
    [InlineData("example.com", "mail.example.com=p=none", "example.com=p=reject")]
    [InlineData("com", "com=p=reject; psd=y")]
    [InlineData("com", "mail.example.com=p=none", "com=p=reject; psd=y")]
    [InlineData("example.com", "example.com=p=none", "com=p=reject; psd=y")]
    public async Task Finds_the_record_that_applies(string expected, params string[] records) =>
        Assert.Equal(expected, (await Walk("a.mail.example.com", records)).Applied?.Domain.ToString());

    [Fact]
    public async Task A_public_suffix_is_its_own_organisation()
    {
        var walk = await Walk("com", "com=p=reject; psd=y");
        Assert.Equal("com", walk.OrganizationalDomain.ToString());
        Assert.Equal("com", walk.Applied?.Domain.ToString());
    }

    [Fact]
    public async Task Several_records_at_one_name_count_as_none()
    {
        var walk = await Walk(
            "mail.example.com", "mail.example.com=p=none", "mail.example.com=p=reject", "example.com=p=quarantine");
        Assert.Equal("example.com", walk.Applied?.Domain.ToString());
    }

    [Fact]
    public async Task Records_of_another_version_are_no_records()
    {
        var zone = new MemoryResolver().With(
            "_dmarc.example.com TXT \"v=DMARC2; p=none\"",
            "_dmarc.example.com TXT \"p=none; v=DMARC1\"",
            "_dmarc.example.com TXT \"v=dmarc1; p=none\"",
            "_dmarc.example.com TXT \"v = DMARC1 ; p=reject\"");
        var walk = await DmarcWalk.RunAsync(zone, DnsName.Parse("example.com"), new AreaLog(CheckArea.Dmarc), default);
        Assert.Equal(DmarcPolicy.Reject, walk.Applied?.Record?.Policy);
    }

    private static Task<DmarcWalk> Walk(string domain, params string[] records)
    {
        var zone = new MemoryResolver().With("example.com A 192.0.2.1");
        foreach (var record in records)
        {
            var parts = record.Split('=', 2);
            zone.With($"_dmarc.{parts[0]} TXT \"v=DMARC1; {parts[1]}\"");
        }

        return DmarcWalk.RunAsync(zone, DnsName.Parse(domain), new AreaLog(CheckArea.Dmarc), default);
    }
}
