using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using MailAdmin.Net;

namespace MailAdmin.Tests.Net;

public sealed class TcpDialerTests
{
    [Fact]
    public async Task Connects_and_hears_the_greeting()
    {
        await using var peer = Greeter();
        var transcript = new RecordedTranscript();
        await using var connection = await new TcpDialer()
            .DialAsync("127.0.0.1", peer.Port, new(), transcript, default);
        Assert.Equal(peer.EndPoint, connection.RemoteEndPoint);
        Assert.Equal("220 hello", await GreetingAsync(connection));
        Assert.Contains($"* connected to {peer.EndPoint} from", transcript.All, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("::1")]
    [InlineData("[::1]")]
    public async Task Connects_to_an_ipv6_address(string host)
    {
        Skip.IfNot(HasIPv6Loopback(), "this machine has no IPv6");
        await using var peer = Greeter(IPAddress.IPv6Loopback);
        await using var connection = await new TcpDialer().DialAsync(host, peer.Port, new(), null, default);
        Assert.Equal("220 hello", await GreetingAsync(connection));
        Assert.Equal("::1", connection.Host);
    }

    [Fact]
    public async Task Goes_on_to_the_address_that_works()
    {
        await using var peer = Greeter();
        var transcript = new RecordedTranscript();
        var dialer = new TcpDialer(Resolving("127.0.0.9", "127.0.0.1"), stagger: TimeSpan.FromHours(1));
        await using var connection = await dialer.DialAsync("mail.example", peer.Port, new(), transcript, default);
        Assert.Equal("220 hello", await GreetingAsync(connection));
        Assert.Equal("mail.example", connection.Host);
        Assert.Contains($"127.0.0.9:{peer.Port}: the connection was refused", transcript.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_every_address_that_refused()
    {
        using var reserved = FakePeer.ReserveClosedPort(out var port);
        var dialer = new TcpDialer(Resolving("127.0.0.1", "127.0.0.9"));
        var failure = await Assert.ThrowsAsync<ConnectException>(
            () => dialer.DialAsync("mail.example", port, new(), null, default));
        Assert.Equal("ConnectionRefused", failure.ErrorId);
        Assert.Equal(2, failure.Attempts.Count);
        Assert.Contains($"mail.example:{port} could not be reached", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{port}: the connection was refused", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.9:{port}: the connection was refused", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task Restricts_the_ip_version()
    {
        await using var peer = Greeter();
        var dialer = new TcpDialer(Resolving("::1", "127.0.0.1"));
        var options = new DialOptions { AddressFamily = AddressFamily.InterNetwork };
        await using var connection = await dialer.DialAsync("mail.example", peer.Port, options, null, default);
        Assert.Equal(peer.EndPoint, connection.RemoteEndPoint);

        var failure = await Assert.ThrowsAsync<ConnectException>(
            () => new TcpDialer(Resolving("::1")).DialAsync("mail.example", peer.Port, options, null, default));
        Assert.Equal("HostHasNoAddress", failure.ErrorId);
        Assert.Contains("::1", failure.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Connects_from_the_local_address_that_was_asked_for()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "elsewhere loopback has one address");
        await using var peer = Greeter();
        var options = new DialOptions { SourceAddress = IPAddress.Parse("127.0.0.77") };
        await using var connection = await new TcpDialer().DialAsync("127.0.0.1", peer.Port, options, null, default);
        Assert.Equal(IPAddress.Parse("127.0.0.77"), connection.LocalEndPoint!.Address);
    }

    [Fact]
    public async Task Says_that_the_local_address_is_not_of_this_machine()
    {
        await using var peer = Greeter();
        var options = new DialOptions { SourceAddress = IPAddress.Parse("192.0.2.1") };
        var failure = await Assert.ThrowsAsync<ConnectException>(
            () => new TcpDialer().DialAsync("127.0.0.1", peer.Port, options, null, default));
        Assert.Equal("SourceAddressUnavailable", failure.ErrorId);
        Assert.False(failure.IsTransient);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, "HostNotFound", false)]
    [InlineData(SocketError.NoData, "HostHasNoAddress", false)]
    [InlineData(SocketError.TryAgain, "HostLookupFailed", true)]
    public async Task Tells_the_failures_of_the_look_up_apart(SocketError error, string errorId, bool isTransient)
    {
        var dialer = new TcpDialer((_, _) => Task.FromException<IPAddress[]>(new SocketException((int)error)));
        var failure = await Assert.ThrowsAsync<ConnectException>(
            () => dialer.DialAsync("mail.example", 25, new(), null, default));
        Assert.Equal(errorId, failure.ErrorId);
        Assert.Equal(isTransient, failure.IsTransient);
        Assert.Contains("mail.example", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_up_that_hangs_runs_into_the_time_limit()
    {
        var dialer = new TcpDialer((_, _) => new TaskCompletionSource<IPAddress[]>().Task);
        var failure = await Assert.ThrowsAsync<ConnectException>(() => dialer.DialAsync(
            "mail.example", 25, new DialOptions { ConnectTimeout = TimeSpan.FromMilliseconds(30) }, null, default));
        Assert.Equal("HostLookupFailed", failure.ErrorId);
    }

    [Fact]
    public async Task Cancelling_stops_a_look_up_that_hangs()
    {
        using var cancel = new CancellationTokenSource(20);
        var dialer = new TcpDialer((_, _) => new TaskCompletionSource<IPAddress[]>().Task);
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => dialer.DialAsync("mail.example", 25, new(), null, cancel.Token).WaitAsync(LoopbackPair.Patience));
    }

    [Theory]
    [InlineData(25, "587")]
    [InlineData(587, "firewall")]
    public void Advises_by_port_when_nothing_answers(int port, string word)
    {
        var endPoint = new IPEndPoint(IPAddress.Parse("192.0.2.1"), port);
        var attempt = ConnectFault.Describe(endPoint, new TimeoutException());
        var failure = ConnectFault.FromAttempts("mx.example", port, TimeSpan.FromSeconds(30), [attempt], null);
        Assert.Equal("ConnectTimeout", failure.ErrorId);
        Assert.Contains("within 30 s", failure.Message, StringComparison.Ordinal);
        Assert.Contains(word, failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SocketError.NetworkUnreachable, "NetworkUnreachable")]
    [InlineData(SocketError.HostUnreachable, "NetworkUnreachable")]
    [InlineData(SocketError.TimedOut, "ConnectTimeout")]
    [InlineData(SocketError.ConnectionRefused, "ConnectionRefused")]
    [InlineData(SocketError.AccessDenied, "ConnectFailed")]
    public void Each_fault_has_its_own_id(SocketError error, string errorId) =>
        Assert.Equal(
            errorId, ConnectFault.Describe(new(IPAddress.Loopback, 1), new SocketException((int)error)).ErrorId);

    [Theory]
    [InlineData("", 25, "InvalidHost")]
    [InlineData("smtp://mail.example", 25, "InvalidHost")]
    [InlineData("mail.example:25", 25, "InvalidHost")]
    [InlineData("mail.example\r\nX: y", 25, "InvalidHost")]
    [InlineData("mail.example", 0, "InvalidPort")]
    [InlineData("mail.example", 65536, "InvalidPort")]
    public async Task Refuses_hosts_and_ports_that_are_none(string host, int port, string errorId)
    {
        var failure = await Assert.ThrowsAsync<DialOptionsException>(
            () => new TcpDialer().DialAsync(host, port, new(), null, default));
        Assert.Equal(errorId, failure.ErrorId);
        Assert.Equal(MailErrorKind.InvalidInput, failure.Kind);
    }

    [Fact]
    public void The_options_text_form_hides_the_proxys_password() =>
        Assert.DoesNotContain(
            "Pa55word",
            new DialOptions { Proxy = new Uri("socks5://user:Pa55word@proxy.example") }.ToString(),
            StringComparison.Ordinal);

    private static FakePeer Greeter(IPAddress? address = null) =>
        new(async (stream, token) => await stream.WriteAsync("220 hello\r\n"u8.ToArray(), token), address);

    private static bool HasIPv6Loopback() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Any(a => a.Address.Equals(IPAddress.IPv6Loopback));

    private static HostResolver Resolving(params string[] addresses) =>
        (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray());

    private static async Task<string> GreetingAsync(Connection connection) =>
        Encoding.ASCII.GetString((await connection.ReadLineAsync(512, LoopbackPair.Patience, default)).Span);
}
