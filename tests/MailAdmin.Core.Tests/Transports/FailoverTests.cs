using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MailAdmin.Dns;
using MailAdmin.Dns.Server;
using MailAdmin.Net;
using MailAdmin.Server;
using MailAdmin.Smtp;
using MailAdmin.Transports;
using FaultScript = MailAdmin.Server.FaultScript;

namespace MailAdmin.Tests.Transports;

/// <summary>
/// Several hosts on one port: each has an address of its own in 127.0.0.0/8, all of which is this machine.
/// </summary>
public sealed class FailoverTests : TransportTests
{
    private readonly ConcurrentBag<string> _connections = [];

    [SkippableFact]
    public async Task Goes_to_the_next_host_when_one_refuses_connections()
    {
        await using var second = await StartAsync("127.0.0.3");

        var report = await SendAsync(
            second.Endpoint.Port, ["mx1.test", "mx2.test"], "mx1.test A 127.0.0.2", "mx2.test A 127.0.0.3");

        Assert.Equal((DeliveryStatus.Sent, null), (report.Status, report.Error));
        Assert.Equal($"mx2.test:{second.Endpoint.Port}", report.Server);
        Assert.Equal(IPAddress.Parse("127.0.0.3"), report.RemoteAddress!.Address);
    }

    [SkippableTheory]
    [InlineData("banner=421 4.3.2 not now")]
    [InlineData("banner=drop")]
    [InlineData("ehlo=451 4.3.0 later")]
    public async Task Goes_to_the_next_address_and_then_to_the_next_host(string fault)
    {
        await using var first = await StartAsync("127.0.0.2", fault);
        await using var other = await StartAsync("127.0.0.3", fault, first.Endpoint.Port);
        await using var second = await StartAsync("127.0.0.4", null, first.Endpoint.Port);

        var report = await SendAsync(
            first.Endpoint.Port,
            ["mx1.test", "mx2.test"],
            "mx1.test A 127.0.0.2",
            "mx1.test A 127.0.0.3",
            "mx2.test A 127.0.0.4");

        Assert.Equal((DeliveryStatus.Sent, $"mx2.test:{first.Endpoint.Port}"), (report.Status, report.Server));
        Assert.Equal((1, 1), (Connections("127.0.0.2"), Connections("127.0.0.3")));
    }

    [SkippableFact]
    public async Task Passes_over_a_host_that_does_not_exist()
    {
        await using var second = await StartAsync("127.0.0.3");

        var report = await SendAsync(second.Endpoint.Port, ["gone.test", "mx2.test"], "mx2.test A 127.0.0.3");

        Assert.Equal(DeliveryStatus.Sent, report.Status);
    }

    [SkippableTheory]
    [InlineData("banner=554 5.3.2 no service", typeof(SmtpCommandException))]
    [InlineData("mail=451 4.7.1 greylisted", typeof(SmtpCommandException))]
    [InlineData("banner=garbage", typeof(SmtpProtocolException))]
    public async Task Stays_with_a_host_that_has_given_its_answer(string fault, Type error)
    {
        await using var first = await StartAsync("127.0.0.2", fault);
        await using var second = await StartAsync("127.0.0.3", null, first.Endpoint.Port);

        var report = await SendAsync(
            first.Endpoint.Port, ["mx1.test", "mx2.test"], "mx1.test A 127.0.0.2", "mx2.test A 127.0.0.3");

        Assert.IsType(error, report.Error);
        Assert.Equal(0, Connections("127.0.0.3"));
    }

    [SkippableFact]
    public async Task Says_of_each_host_why_it_is_not_available()
    {
        await using var first = await StartAsync("127.0.0.2", "banner=421 4.3.2 too busy");

        var report = await SendAsync(
            first.Endpoint.Port, ["mx1.test", "mx2.test"], "mx1.test A 127.0.0.2", "mx2.test A 127.0.0.3");

        var failure = Assert.IsType<NoHostAvailableException>(report.Error);
        Assert.Equal(["SmtpGreetingRefused", "ConnectionRefused"], failure.Failures.Select(f => f.Cause.ErrorId));
        Assert.Contains("too busy", failure.Message, StringComparison.Ordinal);
        Assert.Equal(421, report.Reply!.Code);
        Assert.Equal(SmtpStage.Connect, report.Stage);
        Assert.True(failure.IsTransient);
    }

    [SkippableFact]
    public async Task Does_not_fail_over_on_a_route_to_one_server()
    {
        await using var first = await StartAsync("127.0.0.2", "banner=421 4.3.2 not now");
        await using var second = await StartAsync("127.0.0.3", null, first.Endpoint.Port);

        var report = await SendAsync(first.Endpoint.Port, null, "mx1.test A 127.0.0.2", "mx1.test A 127.0.0.3");

        Assert.IsType<SmtpCommandException>(report.Error);
        Assert.Equal(0, Connections("127.0.0.3"));
    }

    private int Connections(string address) => _connections.Count(a => a == address);

    private async Task<SmtpTestServer> StartAsync(string address, string? fault = null, int port = 0)
    {
        var options = new SmtpTestServerOptions
        {
            Addresses = [IPAddress.Parse(address)],
            Port = port,
            Transcript = _ =>
            {
                _connections.Add(address);
                return null;
            },
            Faults = fault is null ? FaultScript.None : FaultScript.Parse(fault),
        };
        try
        {
            return await SmtpTestServer.StartAsync(options);
        }
        catch (Exception e) when (e is SocketException || e.InnerException is SocketException)
        {
            throw new SkipException($"{address} cannot be listened at: {e.Message}");
        }
    }

    private static async Task<DeliveryReport> SendAsync(int port, string[]? hosts, params string[] zone)
    {
        await using var server = DnsTestServer.Start(new DnsTestZone(zone));
        using var dns = new DnsClient(
            new DnsClientOptions { Servers = [server.EndPoint], Timeout = TimeSpan.FromSeconds(20) });
        var route = new SmtpRoute
        {
            Host = hosts?[0] ?? "mx1.test",
            FurtherHosts = hosts?[1..] ?? [],
            FailsOver = hosts is not null,
            Port = port,
            Timeouts = SmtpTimeouts.All(TimeSpan.FromSeconds(20)),
        };
        await using var transport = new SmtpTransport(route, new TcpDialer(new HostAddressLookup(dns).FindAsync));
        return await SendAsync(transport, Message("anna@example.com"));
    }
}
