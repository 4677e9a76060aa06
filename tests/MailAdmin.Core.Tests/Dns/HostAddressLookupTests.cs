using System.Net;
using System.Net.Sockets;
using MailAdmin.Dns;
using MailAdmin.Dns.Server;

namespace MailAdmin.Tests.Dns;

public sealed class HostAddressLookupTests
{
    [Theory]
    [InlineData("both.example", "2001:db8::1 192.0.2.1")]
    [InlineData("alias.example", "192.0.2.4")]
    [InlineData("localhost", "::1 127.0.0.1")]
    [InlineData("x.localhost.", "::1 127.0.0.1")]
    public async Task Finds_addresses_as_the_system_would(string host, string addresses) =>
        Assert.Equal(addresses, string.Join<IPAddress>(' ', await FindAsync(host)));

    [Theory]
    [InlineData("gone.example", SocketError.HostNotFound)]
    [InlineData("a..b", SocketError.HostNotFound)]
    [InlineData("text.example", SocketError.NoData)]
    [InlineData("broken.example", SocketError.TryAgain)]
    public async Task Says_why_there_are_none(string host, SocketError error) =>
        Assert.Equal(error, (await Assert.ThrowsAsync<SocketException>(() => FindAsync(host))).SocketErrorCode);

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1:53")]
    [InlineData("192.0.2.1:5353", "192.0.2.1:5353")]
    [InlineData("2001:db8::1", "[2001:db8::1]:53")]
    [InlineData("[2001:db8::1]:5353", "[2001:db8::1]:5353")]
    public async Task Reads_servers_as_people_name_them(string text, string endPoint) =>
        Assert.Equal(endPoint, Assert.Single(await DnsServerAddress.FindAsync(text, default)).ToString());

    [Fact]
    public async Task Looks_up_servers_that_are_named() =>
        Assert.Contains(
            new IPEndPoint(IPAddress.Loopback, 5353), await DnsServerAddress.FindAsync("localhost:5353", default));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ns.example.com:0")]
    [InlineData("ns.example.com:x")]
    [InlineData("https://ns.example.com")]
    public async Task Refuses_what_is_no_server(string text) =>
        Assert.Equal(
            "InvalidDnsServer",
            (await Assert.ThrowsAsync<DnsServerException>(() => DnsServerAddress.FindAsync(text, default))).ErrorId);

    private static async Task<IPAddress[]> FindAsync(string host)
    {
        await using var server = DnsTestServer.Start(new DnsTestZone(
            "both.example A 192.0.2.1",
            "both.example AAAA 2001:db8::1",
            "alias.example CNAME real.example",
            "real.example A 192.0.2.4",
            "text.example TXT nothing"));
        server.Add(new DnsFault(DnsFaultKind.Error) { Name = DnsName.Parse("broken.example") });
        using var resolver = new DnsClient(new DnsClientOptions
        {
            Servers = [server.EndPoint], Timeout = TimeSpan.FromSeconds(20),
        });
        return await new HostAddressLookup(resolver).FindAsync(host, default);
    }
}
