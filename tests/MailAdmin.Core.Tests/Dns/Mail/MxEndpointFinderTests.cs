using System.Net;
using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.Dns.Mail;
using MailAdmin.Dns.Server;

namespace MailAdmin.Tests.Dns.Mail;

public sealed class MxEndpointFinderTests
{
    [Fact]
    public async Task Finds_hosts_in_order_with_addresses_and_certificates()
    {
        var endpoint = await FindAsync(
            "contoso.com",
            "contoso.com 600 MX 20 mx2.contoso.com",
            "contoso.com 600 MX 10 mx1.contoso.com",
            "mx1.contoso.com 300 A 192.0.2.1",
            "mx1.contoso.com 200 AAAA 2001:db8::1",
            "mx2.contoso.com A 192.0.2.2",
            "_25._tcp.mx1.contoso.com TLSA 3 1 1 ABCD");

        Assert.Equal((MxEndpointKind.Mx, "mx1.contoso.com"), (endpoint.Kind, endpoint.SmartHost));
        Assert.Equal(["mx1.contoso.com", "mx2.contoso.com"], endpoint.Hosts.Select(host => host.Name));
        Assert.Equal([10, 20], endpoint.Hosts.Select(host => host.Preference!.Value));
        Assert.Equal(["192.0.2.1", "2001:db8::1"], endpoint.Hosts[0].Addresses.Select(address => address.ToString()));
        Assert.Equal("3 1 1 ABCD", Assert.Single(endpoint.Hosts[0].Tlsa).Data);
        Assert.Equal(
            (600, 200), ((int)endpoint.TimeToLive.TotalSeconds, (int)endpoint.Hosts[0].TimeToLive.TotalSeconds));
        Assert.Empty(endpoint.Warnings);
        Assert.Null(endpoint.Provider);
    }

    [Theory]
    [InlineData("contoso-com.mail.protection.outlook.com", "Microsoft365", "mail.protection.outlook.com")]
    [InlineData("contoso-com.o-v1.mx.microsoft", "Microsoft365", "o-v1.mx.microsoft")]
    [InlineData("contoso-com.k-v1.mx.microsoft", "Microsoft365", "mx.microsoft")]
    [InlineData("contoso-com.mail.protection.office365.us", "Microsoft365", "mail.protection.office365.us")]
    [InlineData("aspmx.l.google.com", "Google", null)]
    [InlineData("outlook-com.olc.protection.outlook.com", "OutlookConsumer", null)]
    [InlineData("mx2.zoho.com.au", "Zoho", null)]
    [InlineData("mx.zohocloud.ca", "Zoho", null)]
    [InlineData("je-smtp-inbound-1.mimecast-offshore.com", "Mimecast", null)]
    [InlineData("mailstream-central.mxrecord.mx", "Cloudflare", null)]
    [InlineData("mxa-00026101.gslb.gpphosted.com", "Proofpoint", null)]
    [InlineData("notmail.protection.outlook.com", null, null)]
    public async Task Recognises_services_and_generations(string host, string? provider, string? generation)
    {
        var endpoint = await FindAsync("contoso.com", $"contoso.com MX 0 {host}", $"{host} A 192.0.2.1");

        Assert.Equal((provider, generation, host), (endpoint.Provider, endpoint.Generation, endpoint.SmartHost));
    }

    [Fact]
    public async Task Says_that_a_filter_stands_before_the_mailboxes()
    {
        var host = "eu-smtp-inbound-1.mimecast.com";
        var endpoint = await FindAsync("contoso.com", $"contoso.com MX 0 {host}", $"{host} A 192.0.2.1");

        Assert.Contains("Mimecast is a filter", Assert.Single(endpoint.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_hosts_belong_to_different_services()
    {
        var endpoint = await FindAsync(
            "contoso.com", "contoso.com MX 0 contoso-com.mail.protection.outlook.com",
            "contoso.com MX 9 aspmx.l.google.com",
            "contoso-com.mail.protection.outlook.com A 192.0.2.1", "aspmx.l.google.com A 192.0.2.2");

        Assert.Contains("different services", Assert.Single(endpoint.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Understands_a_null_MX()
    {
        var endpoint = await FindAsync("quiet.example", "quiet.example MX 0 .", "quiet.example A 192.0.2.1");

        Assert.Equal(MxEndpointKind.Null, endpoint.Kind);
        Assert.Null(endpoint.SmartHost);
        Assert.Empty(endpoint.Hosts);
        Assert.Contains("RFC 7505", Assert.Single(endpoint.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_a_null_MX_beside_others_out()
    {
        var endpoint = await FindAsync(
            "x.example", "x.example MX 0 .", "x.example MX 5 mx.x.example", "mx.x.example A 192.0.2.1");

        Assert.Equal((MxEndpointKind.Mx, "mx.x.example"), (endpoint.Kind, endpoint.SmartHost));
        Assert.Contains("forbids", Assert.Single(endpoint.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_the_domain_itself_where_it_has_no_MX()
    {
        var endpoint = await FindAsync("old.example", "old.example A 192.0.2.9");

        Assert.Equal((MxEndpointKind.Implicit, "old.example"), (endpoint.Kind, endpoint.SmartHost));
        Assert.Null(endpoint.Hosts[0].Preference);
        Assert.Equal([IPAddress.Parse("192.0.2.9")], endpoint.Hosts[0].Addresses);
    }

    [Fact]
    public async Task Says_when_no_mail_reaches_a_domain()
    {
        var endpoint = await FindAsync("empty.example", "empty.example TXT hello");

        Assert.Equal(MxEndpointKind.None, endpoint.Kind);
        Assert.Null(endpoint.SmartHost);
    }

    [Fact]
    public async Task Names_faulty_hosts_and_passes_over_them()
    {
        var endpoint = await FindAsync(
            "x.example",
            "x.example MX 1 192.0.2.77",
            "x.example MX 2 gone.x.example",
            "x.example MX 3 bare.x.example",
            "x.example MX 4 alias.x.example",
            "bare.x.example TXT nothing",
            "alias.x.example CNAME real.x.example",
            "real.x.example A 192.0.2.4");

        Assert.Equal("alias.x.example", endpoint.SmartHost);
        Assert.Equal("real.x.example", endpoint.Hosts[3].AliasOf);
        Assert.Equal(
            ["'192.0.2.77' is an address; an MX record must name a host.", "There is no host gone.x.example.",
                "The host bare.x.example has no address.", null],
            endpoint.Hosts.Select(host => host.Fault));
        Assert.Contains(endpoint.Warnings, warning => warning.Contains("RFC 2181", StringComparison.Ordinal));
        Assert.Equal(4, endpoint.Warnings.Count);
    }

    [Fact]
    public async Task Looks_up_international_domains()
    {
        var endpoint = await FindAsync(
            "bücher.example", "xn--bcher-kva.example MX 1 mx.bücher.example", "mx.xn--bcher-kva.example A 192.0.2.1");

        Assert.Equal(("bücher.example", "mx.xn--bcher-kva.example"), (endpoint.Domain.ToString(), endpoint.SmartHost));
    }

    [Fact]
    public async Task Reports_what_DNSSEC_proves()
    {
        await using var server = DnsTestServer.Start(
            new DnsTestZone("x.example MX 1 mx.x.example", "mx.x.example A 192.0.2.1"));
        server.AuthenticatesData = true;
        using var resolver = Client(server);

        var endpoint = await new MxEndpointFinder(resolver).FindAsync(DomainName.Parse("x.example"), false, default);

        Assert.True(endpoint.IsAuthenticated);
        Assert.DoesNotContain(server.Queries, query => query.Question.Type == DnsRecordType.TLSA);
    }

    [Fact]
    public async Task Fails_for_a_domain_that_does_not_exist()
    {
        var failure = await Assert.ThrowsAsync<MailDomainNotFoundException>(() => FindAsync("gone.example"));
        Assert.Equal("MailDomainNotFound", failure.ErrorId);
    }

    [Fact]
    public async Task Fails_when_the_DNS_does()
    {
        await using var server = DnsTestServer.Start(new DnsTestZone("x.example MX 1 mx.x.example"));
        server.Add(new DnsFault(DnsFaultKind.Error) { Type = DnsRecordType.MX });
        using var resolver = Client(server);

        var failure = await Assert.ThrowsAsync<DnsLookupException>(
            () => new MxEndpointFinder(resolver).FindAsync(DomainName.Parse("x.example"), false, default));
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task Says_of_a_host_that_its_look_up_failed()
    {
        await using var server = DnsTestServer.Start(new DnsTestZone(
            "x.example MX 1 mx1.x.example", "x.example MX 2 mx2.x.example", "mx2.x.example A 192.0.2.2"));
        server.Add(new DnsFault(DnsFaultKind.Error) { Name = DnsName.Parse("mx1.x.example") });
        using var resolver = Client(server);

        var endpoint = await new MxEndpointFinder(resolver).FindAsync(DomainName.Parse("x.example"), true, default);

        Assert.Contains("SERVFAIL", endpoint.Hosts[0].Fault, StringComparison.Ordinal);
        Assert.Equal("mx2.x.example", endpoint.SmartHost);
    }

    private static DnsClient Client(DnsTestServer server) =>
        new(new DnsClientOptions { Servers = [server.EndPoint], Timeout = TimeSpan.FromSeconds(20) });

    private static async Task<MxEndpoint> FindAsync(string domain, params string[] zone)
    {
        await using var server = DnsTestServer.Start(new DnsTestZone(zone));
        using var resolver = Client(server);
        return await new MxEndpointFinder(resolver).FindAsync(DomainName.Parse(domain), withTlsa: true, default);
    }
}
