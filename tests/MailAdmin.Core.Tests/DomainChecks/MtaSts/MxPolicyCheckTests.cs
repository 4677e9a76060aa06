using MailAdmin.Addressing;
using MailAdmin.Dns.Mail;
using MailAdmin.DomainChecks.MtaSts;

namespace MailAdmin.Tests.DomainChecks.MtaSts;

public sealed class MxPolicyCheckTests
{
    private static readonly string[] Mx =
    [
        "example.com MX 10 a.mx.example.com",
        "example.com MX 20 b.c.mx.example.com",
        "a.mx.example.com A 192.0.2.1",
        "b.c.mx.example.com A 192.0.2.2",
    ];

    private static readonly string[] Published = [.. Mx, "_mta-sts.example.com TXT \"v=STSv1; id=20261125;\""];

    [Theory]
    [InlineData("enforce", MxPolicyState.Enforced)]
    [InlineData("testing", MxPolicyState.Testing)]
    public async Task Says_of_each_host_whether_the_policy_names_it(string mode, MxPolicyState state)
    {
        var endpoint = await Check(Policy(mode, "*.mx.example.com"), Published);

        Assert.Equal(state, endpoint.MtaSts!.State);
        // A wildcard stands for one label only (RFC 8461 section 4.1).
        Assert.Equal([true, false], endpoint.Hosts.Select(host => host.FitsMtaSts));
        Assert.Contains("b.c.mx.example.com does not fit", Assert.Single(endpoint.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compares_nothing_when_the_policy_is_off()
    {
        var endpoint = await Check(Policy("none", "other.example.com"), Published);

        Assert.Equal(MxPolicyState.Off, endpoint.MtaSts!.State);
        Assert.All(endpoint.Hosts, host => Assert.Null(host.FitsMtaSts));
        Assert.Empty(endpoint.Warnings);
    }

    [Fact]
    public async Task Asks_no_web_server_about_a_domain_without_a_record()
    {
        var endpoint = await Check(null, Mx);

        Assert.Equal(MxPolicyState.NotPublished, endpoint.MtaSts!.State);
        Assert.All(endpoint.Hosts, host => Assert.Null(host.FitsMtaSts));
        Assert.Empty(endpoint.Warnings);
    }

    [Fact]
    public async Task Tells_a_policy_that_cannot_be_fetched_from_one_that_does_not_fit()
    {
        var endpoint = await Check(MtaStsFetch.Status(404), Published);

        Assert.Equal(MxPolicyState.Unusable, endpoint.MtaSts!.State);
        Assert.All(endpoint.Hosts, host => Assert.Null(host.FitsMtaSts));
        Assert.Contains("404", Assert.Single(endpoint.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_a_domain_without_hosts_alone() =>
        Assert.Null((await Check(null, "example.com MX 0 .")).MtaSts);

    private static MtaStsFetch Policy(string mode, string mx) =>
        MtaStsFetch.Found($"version: STSv1\nmode: {mode}\nmx: {mx}\nmax_age: 604800\n");

    private static async Task<MxEndpoint> Check(MtaStsFetch? fetch, params string[] lines)
    {
        var zone = new MemoryResolver().With(lines);
        var endpoint = await new MxEndpointFinder(zone).FindAsync(DomainName.Parse("example.com"), false, default);
        return await new MxPolicyCheck(zone, new StillPolicySource(fetch)).CheckAsync(endpoint, default);
    }
}
