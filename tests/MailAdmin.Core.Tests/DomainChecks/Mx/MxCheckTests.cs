using MailAdmin.Dns;
using MailAdmin.DomainChecks;
using MailAdmin.DomainChecks.Mx;

namespace MailAdmin.Tests.DomainChecks.Mx;

public sealed class MxCheckTests
{
    [Theory]
    [InlineData("Ok MxGood", "example.com MX 10 mx.example.com", "mx.example.com A 192.0.2.1")]
    [InlineData("Ok MxGood", "example.com MX 10 mx.example.com", "mx.example.com AAAA 2001:db8::1")]
    [InlineData("Info MxNull", "example.com MX 0 .")]
    [InlineData(
        "Error MxNullAmongOthers",
        "example.com MX 0 .", "example.com MX 10 mx.example.com", "mx.example.com A 192.0.2.1")]
    [InlineData("Warning MxImplicit", "example.com A 192.0.2.1")]
    [InlineData("Error MxMissing", "example.com TXT x")]
    [InlineData("Error MxDomainMissing", "example.org TXT x")]
    [InlineData(
        "Error MxAlias",
        "example.com MX 10 mx.example.com", "mx.example.com CNAME a.example.com", "a.example.com A 192.0.2.1")]
    [InlineData("Error MxDangling", "example.com MX 10 mx.gone.example")]
    [InlineData("Error MxNoAddress", "example.com MX 10 mx.example.com", "mx.example.com TXT x")]
    [InlineData("Error MxIsAddress", "example.com MX 10 192.0.2.1")]
    [InlineData("Error MxPrivateAddress", "example.com MX 10 mx.example.com", "mx.example.com A 10.1.2.3")]
    [InlineData("Error MxPrivateAddress", "example.com MX 10 mx.example.com", "mx.example.com AAAA fd00::1")]
    public async Task Judges_mail_exchanges(string finding, params string[] lines) =>
        Assert.Equal([finding], Codes.Of((await Check(null, lines)).Log.Findings));

    [Fact]
    public async Task Sorts_hosts_and_names_their_service()
    {
        var (log, hosts) = await Check(
            "Microsoft365",
            "example.com MX 20 old.example.com",
            "example.com MX 0 example-com.o-v1.mx.microsoft",
            "old.example.com A 192.0.2.1",
            "example-com.o-v1.mx.microsoft A 192.0.2.2");
        Assert.Equal(["Microsoft365", null], hosts.Select(host => host.Provider));
        Assert.Equal([0, 20], hosts.Select(host => host.Preference!.Value));
        Assert.Equal(["Warning MxMixedProviders"], Codes.Of(log.Findings));
    }

    [Fact]
    public async Task Says_that_mail_goes_elsewhere()
    {
        var (log, _) = await Check("Google", "example.com MX 10 mx.example.com", "mx.example.com A 192.0.2.1");
        Assert.Equal(["Warning MxOtherProvider"], Codes.Of(log.Findings));
    }

    [Fact]
    public async Task A_look_up_that_fails_is_not_a_missing_host()
    {
        var log = new AreaLog(CheckArea.Mx);
        var zone = new MemoryResolver().With("example.com MX 10 mx.example.com").WithSilence("mx.example.com");
        await new MxCheck(zone, MailProviderCatalog.BuiltIn, log, default).RunAsync(DnsName.Parse("example.com"), null);
        Assert.Equal(["Error CheckNotPossible", "Error CheckNotPossible"], Codes.Of(log.Findings));
    }

    private static async Task<(AreaLog Log, IReadOnlyList<MxHost> Hosts)> Check(string? expected, params string[] lines)
    {
        var log = new AreaLog(CheckArea.Mx);
        var providers = MailProviderCatalog.BuiltIn;
        var check = new MxCheck(new MemoryResolver().With(lines), providers, log, default);
        return (log, await check.RunAsync(DnsName.Parse("example.com"), providers.Find(expected)));
    }
}
