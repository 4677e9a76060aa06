using System.Diagnostics;
using System.Net.Sockets;
using MailAdmin.Server;

namespace MailAdmin.Tests.Server;

/// <summary>Each kind of fault as a client meets it.</summary>
public sealed class ServerFaultTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    public static TheoryData<string> Steps() =>
        ["connect", "banner", "ehlo", "mail", "rcpt", "data", "content@4", "eod", "rset", "quit"];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Drops_the_connection_in_order(string step)
    {
        await using var server = await StartAsync($"{step}=drop");
        await using var client = await RawClient.ConnectAsync(server.Endpoint);

        Assert.Equal(RepliesBefore(step), await CountRepliesAsync(client));
        await Wait.UntilAsync(() => server.ConnectionCount == 0);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Aborts_the_connection(string step)
    {
        await using var server = await StartAsync($"{step}=reset");

        // Who meets the reset, connecting, writing or reading, is a matter of moments.
        var failure = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var client = await RawClient.ConnectAsync(server.Endpoint);
            await client.SendAsync(Conversation);
            while (await client.ReadReplyAsync() is not null)
            {
            }
        });
        var cause = Assert.IsType<SocketException>(failure.InnerException ?? failure);
        Assert.Contains(cause.SocketErrorCode, (SocketError[])[SocketError.ConnectionReset, SocketError.Shutdown]);
        await Wait.UntilAsync(() => server.ConnectionCount == 0);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Stalls_until_the_client_leaves_or_the_server_stops(string step)
    {
        await using var server = await StartAsync($"{step}=stall");
        await using var client = await RawClient.ConnectAsync(server.Endpoint);

        var counting = CountRepliesAsync(client);
        Assert.NotEqual(counting, await Task.WhenAny(counting, Task.Delay(Moment)));
        Assert.Equal(1, server.ConnectionCount);
        if (!step.StartsWith("content", StringComparison.Ordinal))
        {
            await client.DisposeAsync();
            await Wait.UntilAsync(() => server.ConnectionCount == 0);
        }

        await server.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
        await Record.ExceptionAsync(() => counting);
        Assert.Equal(0, server.ConnectionCount);
    }

    [Theory]
    [InlineData("connect=421 4.3.2 x", 0, "421 4.3.2 x")]
    [InlineData("ehlo=421 4.3.2 x", 1, "421 4.3.2 x")]
    [InlineData("content@4=421 4.3.2 x", 5, "421 4.3.2 x")]
    [InlineData("eod=421 4.3.2 x", 5, "421 4.3.2 x")]
    public async Task Closes_the_connection_behind_421(string fault, int before, string reply)
    {
        await using var server = await StartAsync(fault);
        await using var client = await RawClient.ConnectAsync(server.Endpoint);
        await client.SendAsync(Conversation);

        await client.ReadRepliesAsync(before);
        Assert.Equal(reply, await client.ReadReplyAsync());
        Assert.Null(await client.ReadReplyAsync());
    }

    [Fact]
    public async Task Speaks_slowly()
    {
        await using var server = await StartAsync("ehlo=slow 40");
        await using var client = await RawClient.ConnectAsync(server.Endpoint);
        await client.ReadReplyAsync();
        var watch = Stopwatch.StartNew();
        await client.SendAsync("EHLO c\r\n");
        await client.ReadReplyAsync();

        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(0.25), $"{watch.Elapsed}");
        Assert.True(client.Reads > 3, $"{client.Reads} reads");
    }

    [Fact]
    public async Task Spoils_the_handshake()
    {
        await using var server = await SmtpTestServer.StartAsync(new()
        {
            Security = SmtpServerSecurity.Implicit,
            Faults = FaultScript.Parse("tls*1=garbage"),
        });
        await using (var client = await RawClient.ConnectAsync(server.Endpoint))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => client.SecureAsync(server.Certificate!, "localhost"));
        }

        await using var second = await RawClient.ConnectAsync(server.Endpoint);
        await second.SecureAsync(server.Certificate!, "localhost");
        Assert.StartsWith("220 ", await second.ReadReplyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_connections()
    {
        await using var server = await StartAsync("banner:2=554 not you");
        foreach (var expected in new[] { "220 ", "554 ", "220 " })
        {
            await using var client = await RawClient.ConnectAsync(server.Endpoint);
            Assert.StartsWith(expected, await client.ReadReplyAsync(), StringComparison.Ordinal);
        }
    }

    private const string Conversation =
        "EHLO c\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<a@b.example>\r\nDATA\r\ntext\r\n.\r\nRSET\r\nQUIT\r\n";

    private static Task<SmtpTestServer> StartAsync(string faults) => SmtpTestServer.StartAsync(new()
    {
        Faults = FaultScript.Parse(faults),
        StopTimeout = TimeSpan.FromSeconds(1),
    });

    private static int RepliesBefore(string step) => step switch
    {
        "connect" or "banner" => 0,
        "ehlo" => 1,
        "mail" => 2,
        "rcpt" => 3,
        "data" => 4,
        "content@4" or "eod" => 5,
        "rset" => 6,
        _ => 7,
    };

    private static async Task<int> CountRepliesAsync(RawClient client)
    {
        try
        {
            await client.SendAsync(Conversation);
        }
        catch (IOException)
        {
            // The server was faster; what it said before can be read all the same.
        }

        var count = 0;
        while (await client.ReadReplyAsync() is not null)
        {
            count++;
        }

        return count;
    }
}
