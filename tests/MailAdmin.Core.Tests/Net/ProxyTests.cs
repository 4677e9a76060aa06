using System.Net.Sockets;
using System.Text;
using MailAdmin.Net;

namespace MailAdmin.Tests.Net;

public sealed class ProxyTests
{
    private static readonly string ConnectToMail = "05010003" + "0C"
        + Convert.ToHexString("mail.example"u8) + "0019";

    [Fact]
    public async Task Socks_tunnels_by_name_and_loses_nothing_that_follows()
    {
        await using var proxy = Script(
            ("050100", "0500"),
            (ConnectToMail, "05000001" + "7F000001" + "0019" + Convert.ToHexString("220 hello\r\n"u8)));
        await using var connection = await DialAsync($"socks5://127.0.0.1:{proxy.Port}");
        Assert.Equal("220 hello", await GreetingAsync(connection));
    }

    [Theory]
    [InlineData("127.0.0.5", "050100017F0000050019")]
    [InlineData("::1", "05010004000000000000000000000000000000010019")]
    [InlineData("[::1]", "05010004000000000000000000000000000000010019")]
    public async Task Socks_sends_addresses_in_binary(string host, string request)
    {
        await using var proxy = Script(
            ("050100", "0500"), (request, "05000003" + "03616263" + "0019" + Convert.ToHexString("220 x\r\n"u8)));
        await using var connection = await DialAsync($"socks5://127.0.0.1:{proxy.Port}", host);
        Assert.Equal("220 x", await GreetingAsync(connection));
    }

    [Fact]
    public async Task Socks_logs_in()
    {
        var login = "01" + "03" + Convert.ToHexString("bob"u8) + "04"
            + Convert.ToHexString("p@ss"u8);
        await using var proxy = Script(
            ("05020002", "0502"),
            (login, "0100"),
            (ConnectToMail, "05000001" + "000000000000" + Convert.ToHexString("220 in\r\n"u8)));
        await using var connection = await DialAsync($"socks5://bob:p%40ss@127.0.0.1:{proxy.Port}");
        Assert.Equal("220 in", await GreetingAsync(connection));
    }

    [Theory]
    [InlineData("05FF", null, "ProxyAuthenticationRequired")]
    [InlineData("0501", null, "ProxyProtocolError")]
    [InlineData("4854", null, "ProxyProtocolError")]
    [InlineData("", null, "ProxyFailed")]
    [InlineData("0500", "0502", "ProxyForbidden")]
    [InlineData("0500", "0503", "NetworkUnreachable")]
    [InlineData("0500", "0504", "NetworkUnreachable")]
    [InlineData("0500", "0505", "ConnectionRefused")]
    [InlineData("0500", "0506", "ConnectTimeout")]
    [InlineData("0500", "0507", "ProxyProtocolError")]
    [InlineData("0500", "0501", "ConnectFailed")]
    [InlineData("0500", "0400", "ProxyProtocolError")]
    [InlineData("0500", "05", "ProxyFailed")]
    public async Task Socks_failures_are_told_apart(string method, string? reply, string errorId)
    {
        var steps = new List<(string, string)> { ("050100", method) };
        if (reply is not null)
        {
            steps.Add((ConnectToMail, reply.Length == 4 ? reply + "0001000000000000" : reply));
        }

        await using var proxy = Script([.. steps]);
        var failure = await Assert.ThrowsAsync<ConnectException>(() => DialAsync($"socks5://127.0.0.1:{proxy.Port}"));
        Assert.Equal(errorId, failure.ErrorId);
        Assert.Contains($"127.0.0.1:{proxy.Port}", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(failure.RecommendedAction);
    }

    [Fact]
    public async Task Socks_login_that_is_refused_does_not_reveal_the_password()
    {
        await using var proxy = Script(("05020002", "0502"), ("0103626F620870617373776F7264", "0101"));
        var failure = await Assert.ThrowsAsync<ConnectException>(
            () => DialAsync($"socks5://bob:password@127.0.0.1:{proxy.Port}"));
        Assert.Equal("ProxyAuthenticationFailed", failure.ErrorId);
        Assert.DoesNotContain("bob:password", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http_tunnels_with_a_login_and_loses_nothing_that_follows()
    {
        var expected = "CONNECT mail.example:25 HTTP/1.1\r\nHost: mail.example:25\r\nProxy-Authorization: Basic "
            + Convert.ToBase64String("bob:p:ss"u8) + "\r\n\r\n";
        await using var proxy = Script((Hex(expected), Hex("HTTP/1.1 200 OK\r\nVia: x\r\n\r\n220 hello\r\n")));
        await using var connection = await DialAsync($"http://bob:p%3Ass@127.0.0.1:{proxy.Port}");
        Assert.Equal("220 hello", await GreetingAsync(connection));
    }

    [Theory]
    [InlineData("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "ProxyAuthenticationRequired")]
    [InlineData("HTTP/1.1 401 Unauthorized\r\n\r\n", "ProxyAuthenticationRequired")]
    [InlineData("HTTP/1.1 403 Forbidden\r\n\r\n", "ProxyForbidden")]
    [InlineData("HTTP/1.1 500 Unable to connect\r\n\r\n", "ConnectFailed")]
    [InlineData("HTTP/1.0 502 Bad Gateway\r\n\r\n", "ConnectFailed")]
    [InlineData("HTTP/1.1 503 Unavailable\n\n", "ConnectFailed")]
    [InlineData("HTTP/1.1 504 Gateway Timeout\r\n\r\n", "ConnectTimeout")]
    [InlineData("HTTP/1.1 301 Moved\r\n\r\n", "ProxyProtocolError")]
    [InlineData("HTTP/1.1 abc\r\n\r\n", "ProxyProtocolError")]
    [InlineData("220 mail.example ESMTP\r\n", "ProxyProtocolError")]
    [InlineData("\u0005\u0000", "ProxyProtocolError")]
    [InlineData("HTTP/1.1 200 O", "ProxyFailed")]
    [InlineData("", "ProxyFailed")]
    public async Task Http_failures_are_told_apart(string answer, string errorId)
    {
        await using var proxy = Script(
            (Hex("CONNECT mail.example:25 HTTP/1.1\r\nHost: mail.example:25\r\n\r\n"), Hex(answer)));
        var failure = await Assert.ThrowsAsync<ConnectException>(() => DialAsync($"http://127.0.0.1:{proxy.Port}"));
        Assert.Equal(errorId, failure.ErrorId);
    }

    [Fact]
    public async Task Http_answer_without_end_is_cut_off()
    {
        await using var proxy = new FakePeer(async (stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), token);
            while (true)
            {
                await stream.WriteAsync(
                    "X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"u8.ToArray(), token);
            }
        });
        var failure = await Assert.ThrowsAsync<ConnectException>(() => DialAsync($"http://127.0.0.1:{proxy.Port}"));
        Assert.Equal("ProxyProtocolError", failure.ErrorId);
    }

    [Theory]
    [InlineData("socks5")]
    [InlineData("http")]
    public async Task A_silent_proxy_runs_into_the_time_limit(string scheme)
    {
        await using var proxy = new FakePeer((_, token) => Task.Delay(Timeout.Infinite, token));
        var failure = await Assert.ThrowsAsync<ConnectException>(
            () => DialAsync($"{scheme}://127.0.0.1:{proxy.Port}", timeout: TimeSpan.FromMilliseconds(200)));
        Assert.Equal("ProxyFailed", failure.ErrorId);
        Assert.Contains("in time", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_named()
    {
        using var reserved = FakePeer.ReserveClosedPort(out var port);
        var failure = await Assert.ThrowsAsync<ConnectException>(() => DialAsync($"socks5://127.0.0.1:{port}"));
        Assert.Equal("ProxyUnreachable", failure.ErrorId);
        Assert.Contains($"127.0.0.1:{port}: the connection was refused", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://proxy.example")]
    [InlineData("ftp://proxy.example")]
    [InlineData("socks5:///x")]
    public async Task Refuses_proxies_of_other_kinds(string proxy)
    {
        var failure = await Assert.ThrowsAsync<DialOptionsException>(() => DialAsync(proxy));
        Assert.Equal("InvalidProxy", failure.ErrorId);
    }

    [Fact]
    public void Fills_in_the_usual_port()
    {
        Assert.Equal(1080, ProxyTunnel.Complete(new Uri("socks5://proxy.example")).Port);
        Assert.Equal(80, ProxyTunnel.Complete(new Uri("http://proxy.example")).Port);
        Assert.Equal(3128, ProxyTunnel.Complete(new Uri("http://proxy.example:3128")).Port);
    }

    private static string Hex(string text) => Convert.ToHexString(Encoding.Latin1.GetBytes(text));

    /// <summary>
    /// A proxy that expects exact octets and answers with others, both in hexadecimal, then waits for the end.
    /// </summary>
    private static FakePeer Script(params (string Expect, string Answer)[] steps) => new(async (stream, token) =>
    {
        foreach (var (expect, answer) in steps)
        {
            var expected = Convert.FromHexString(expect);
            var received = new byte[expected.Length];
            await stream.ReadExactlyAsync(received, token);
            if (!received.AsSpan().SequenceEqual(expected))
            {
                await stream.WriteAsync("unexpected request"u8.ToArray(), token);
                return;
            }

            await stream.WriteAsync(Convert.FromHexString(answer), token);
        }

        stream.Socket.Shutdown(SocketShutdown.Send);
        await stream.ReadExactlyAsync(new byte[1], token);
    });

    private static Task<Connection> DialAsync(string proxy, string host = "mail.example", TimeSpan? timeout = null) =>
        new TcpDialer().DialAsync(
            host,
            25,
            new DialOptions { Proxy = new Uri(proxy), ConnectTimeout = timeout ?? LoopbackPair.Patience },
            null,
            default);

    private static async Task<string> GreetingAsync(Connection connection) =>
        Encoding.ASCII.GetString((await connection.ReadLineAsync(512, LoopbackPair.Patience, default)).Span);
}
