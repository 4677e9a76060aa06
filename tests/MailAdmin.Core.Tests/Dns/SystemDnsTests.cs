using System.Net;
using MailAdmin.Dns.Configuration;

namespace MailAdmin.Tests.Dns;

public sealed class SystemDnsTests
{
    [Fact]
    public void Reads_resolv_conf()
    {
        var settings = ResolvConf.Read(
        [
            "# nameserver 192.0.2.99",
            "search example.com",
            "nameserver 192.0.2.1",
            "\tnameserver  2001:db8::1 ; the second",
            "nameserver fe80::1%1",
            "nameserver not-an-address",
            "nameserver",
            "options timeout:1 attempts:4 rotate",
            "options trust-ad use-vc ndots:2 timeout:x",
        ]);
        Assert.Equal(
            ["192.0.2.1:53", "[2001:db8::1]:53", "[fe80::1%1]:53"],
            settings.Servers.Select(server => server.ToString()));
        Assert.Equal(TimeSpan.FromSeconds(1), settings.Timeout);
        Assert.Equal(4, settings.Attempts);
        Assert.True(settings.TrustsAuthenticatedData);
        Assert.True(settings.UsesTcpOnly);
    }

    [Fact]
    public void Has_the_defaults_of_the_system()
    {
        var settings = ResolvConf.Read([]);
        Assert.Equal([new IPEndPoint(IPAddress.Loopback, 53)], settings.Servers);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.Timeout);
        Assert.Equal(2, settings.Attempts);
        Assert.False(settings.TrustsAuthenticatedData);
        Assert.False(settings.UsesTcpOnly);
    }

    [Fact]
    public void Bounds_the_numbers_as_the_system_does()
    {
        var settings = ResolvConf.Read(["options timeout:900 attempts:99"]);
        Assert.Equal(TimeSpan.FromSeconds(30), settings.Timeout);
        Assert.Equal(5, settings.Attempts);
        settings = ResolvConf.Read(["options timeout:0 attempts:0"]);
        Assert.Equal(TimeSpan.FromSeconds(1), settings.Timeout);
        Assert.Equal(1, settings.Attempts);
    }

    [Fact]
    public void Takes_the_servers_of_interfaces_with_a_way_out_first()
    {
        var servers = SystemDns.Choose(
        [
            (false, [IPAddress.Parse("192.0.2.1"), IPAddress.Parse("fec0:0:0:ffff::1")]),
            (true, [IPAddress.Parse("192.0.2.2"), IPAddress.Parse("192.0.2.1")]),
        ]);
        Assert.Equal(["192.0.2.2:53", "192.0.2.1:53"], servers.Select(server => server.ToString()));
    }

    [Fact]
    public void Finds_servers_on_this_machine() => Assert.NotEmpty(SystemDns.Read().Servers);
}
