using System.Net;
using MailAdmin.Dns;
using MailAdmin.DomainChecks.Spf;

namespace MailAdmin.Tests.DomainChecks.Spf;

public sealed class SpfEvaluatorTests
{
    private static readonly string[] Tree =
    [
        "example.com TXT \"v=spf1 include:_spf.example.net ip4:192.0.2.1 redirect=_rest.example.com\"",
        "_spf.example.net TXT \"v=spf1 include:_a.example.net -all\"",
        "_a.example.net TXT \"v=spf1 ip4:198.51.100.0/24 ~all\"",
        "_rest.example.com TXT \"v=spf1 ip6:2001:db8::/32 -all exp=why.example.com\"",
        "why.example.com TXT \"%{i} is not one of %{d}'s, says %{r}\"",
    ];

    [Theory]
    [InlineData("198.51.100.7", SpfVerdict.Pass, "_a.example.net: ip4:198.51.100.0/24", 2)]
    [InlineData("192.0.2.1", SpfVerdict.Pass, "example.com: ip4:192.0.2.1", 2)]
    [InlineData("2001:db8::25", SpfVerdict.Pass, "_rest.example.com: ip6:2001:db8::/32", 3)]
    [InlineData("203.0.113.9", SpfVerdict.Fail, "_rest.example.com: -all", 3)]
    [InlineData("::ffff:192.0.2.1", SpfVerdict.Pass, "example.com: ip4:192.0.2.1", 2)]
    public async Task Names_the_term_that_decided(string address, SpfVerdict verdict, string term, int lookups)
    {
        var result = await Check(new MemoryResolver().With(Tree), address, "user@example.com");
        Assert.Equal(verdict, result.Verdict);
        Assert.Equal(term, result.Term);
        Assert.Equal(lookups, result.Lookups);
        Assert.Null(result.Fault);
    }

    [Fact]
    public async Task Shows_the_way_through_the_includes()
    {
        var result = await Check(new MemoryResolver().With(Tree), "198.51.100.7", "user@example.com");
        Assert.Equal(
            [
                "example.com: include:_spf.example.net",
                "_spf.example.net: include:_a.example.net",
                "_a.example.net: ip4:198.51.100.0/24",
            ],
            result.Root.Path);
    }

    [Fact]
    public async Task Explains_a_refusal_in_the_words_of_the_domain()
    {
        var query = new SpfQuery
        {
            Address = IPAddress.Parse("203.0.113.9"),
            MailFrom = "user@example.com",
            Receiver = "mx.example.org",
        };
        var result = await new SpfEvaluator(new MemoryResolver().With(Tree)).CheckAsync(query, default);
        Assert.Equal("203.0.113.9 is not one of _rest.example.com's, says mx.example.org", result.Explanation);
    }

    [Fact]
    public async Task Tells_where_in_the_tree_a_fault_is()
    {
        var zone = new MemoryResolver().With(
            "example.com TXT \"v=spf1 include:one.example -all\"",
            "one.example TXT \"v=spf1 include:two.example -all\"",
            "two.example TXT \"v=spf1 ip4:192.0.2.300 -all\"");
        var result = await Check(zone, "192.0.2.1", "user@example.com");
        Assert.Equal(SpfVerdict.PermError, result.Verdict);
        Assert.Equal("SpfTerm", result.Fault?.Key);
        Assert.Contains("192.0.2.300", result.Fault!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_of_the_DNS_is_a_temporary_error()
    {
        var zone = new MemoryResolver().With("example.com TXT \"v=spf1 a:mail.example.com -all\"")
            .WithSilence("mail.example.com");
        var result = await Check(zone, "192.0.2.1", "user@example.com");
        Assert.Equal(SpfVerdict.TempError, result.Verdict);
        Assert.Equal("DnsTimeout", result.Fault?.Key);
        Assert.Equal("example.com: a:mail.example.com", result.Term);
    }

    [Fact]
    public async Task Takes_international_domains_in_either_form()
    {
        var zone = new MemoryResolver().With(
            "xn--bcher-kva.example TXT \"v=spf1 exists:%{l}.users.%{d} ip4:192.0.2.1 -all\"",
            "user.users.xn--bcher-kva.example A 127.0.0.2");
        Assert.Equal(SpfVerdict.Pass, (await Check(zone, "203.0.113.9", "user@bücher.example")).Verdict);
        Assert.Equal(SpfVerdict.Pass, (await Check(zone, "203.0.113.9", "user@xn--bcher-kva.example")).Verdict);
    }

    [Fact]
    public async Task An_international_local_part_matches_no_macro_but_may_match_the_rest()
    {
        var zone = new MemoryResolver().With(
            "example.com TXT \"v=spf1 exists:%{l}.users.%{d} ip4:192.0.2.1 -all\"");
        Assert.Equal(SpfVerdict.Fail, (await Check(zone, "203.0.113.9", "πέτρος@example.com")).Verdict);
        Assert.Equal(SpfVerdict.Pass, (await Check(zone, "192.0.2.1", "πέτρος@example.com")).Verdict);
    }

    [Theory]
    [InlineData("%{s}", "strong-bad@email.example.com")]
    [InlineData("%{o}", "email.example.com")]
    [InlineData("%{d}", "email.example.com")]
    [InlineData("%{d4}", "email.example.com")]
    [InlineData("%{d2}", "example.com")]
    [InlineData("%{d1}", "com")]
    [InlineData("%{dr}", "com.example.email")]
    [InlineData("%{d2r}", "example.email")]
    [InlineData("%{l}", "strong-bad")]
    [InlineData("%{l-}", "strong.bad")]
    [InlineData("%{lr}", "strong-bad")]
    [InlineData("%{lr-}", "bad.strong")]
    [InlineData("%{l1r-}", "strong")]
    [InlineData("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com")]
    [InlineData("%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com")]
    [InlineData("%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net")]
    public void Expands_the_examples_of_the_standard(string text, string expected)
    {
        var sender = SpfSender.Of(new SpfQuery
        {
            Address = IPAddress.Parse("192.0.2.3"),
            MailFrom = "strong-bad@email.example.com",
        });
        Assert.True(SpfMacroString.TryReadExplanation(text, out var macro));
        Assert.Equal(expected, new SpfMacroExpander(sender, TimeProvider.System).Expand(macro, sender.Domain, ""));
    }

    [Fact]
    public async Task Obeys_limits_that_are_set_for_it()
    {
        var result = await new SpfEvaluator(new MemoryResolver().With(Tree), new SpfLimits { Lookups = 1 }).CheckAsync(
            new SpfQuery { Address = IPAddress.Parse("192.0.2.1"), MailFrom = "user@example.com" }, default);
        Assert.Equal(SpfVerdict.PermError, result.Verdict);
        Assert.Equal("SpfTooManyLookups", result.Fault?.Key);
    }

    [Fact]
    public async Task Counts_the_whole_tree_in_a_survey()
    {
        var root = await new SpfSurvey(new MemoryResolver().With(Tree))
            .ReadAsync(DnsName.Parse("example.com"), default);
        Assert.Equal(3, root.Lookups);
        Assert.Equal(["_spf.example.net", "_rest.example.com"], root.Children.Select(child => child.Domain));
        Assert.Equal("_a.example.net", root.Children[0].Children.Single().Domain);
        Assert.Null(root.Fault);
    }

    [Fact]
    public async Task A_survey_sees_loops_and_dead_ends()
    {
        var resolver = new MemoryResolver().With(
            "example.com TXT \"v=spf1 include:loop.example a:gone.example include:%{i}.example -all\"",
            "loop.example TXT \"v=spf1 include:example.com include:none.example -all\"");
        var root = await new SpfSurvey(resolver).ReadAsync(DnsName.Parse("example.com"), default);
        Assert.Equal("SpfVoidTerm", root.Fault?.Key);
        var loop = Assert.Single(root.Children);
        Assert.Equal(["SpfLoop", "SpfDomainMissing"], loop.Children.Select(child => child.Fault?.Key));
        Assert.Equal(5, root.Lookups);
    }

    private static Task<SpfResult> Check(MemoryResolver zone, string address, string from) =>
        new SpfEvaluator(zone).CheckAsync(
            new SpfQuery { Address = IPAddress.Parse(address), MailFrom = from, Helo = "mail.example.com" }, default);
}
