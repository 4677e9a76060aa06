using System.Net;
using System.Net.Sockets;
using MailAdmin.Dns;
using MailAdmin.Dns.Records;
using MailAdmin.Dns.Server;

namespace MailAdmin.Tests.Dns;

/// <summary>The resolver and servers that fail, lie or are silent.</summary>
public sealed class DnsClientFaultTests : IAsyncLifetime
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private readonly DnsTestServer _first = DnsTestServer.Start(new DnsTestZone("example.com A 192.0.2.1"));
    private readonly DnsTestServer _second = DnsTestServer.Start(new DnsTestZone("example.com A 192.0.2.2"));
    private readonly ManualTime _time = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task Asks_the_first_server_as_long_as_it_answers()
    {
        using var client = Client(Long);
        Assert.Equal("192.0.2.1", await AddressAsync(client));
        Assert.Empty(_second.Queries);
    }

    [Fact]
    public async Task Asks_the_next_one_when_one_is_silent_and_then_that_one_first_for_a_while()
    {
        _first.Add(new DnsFault(DnsFaultKind.Drop) { Times = 1 });
        using var client = Client(Short);
        Assert.Equal("192.0.2.2", await AddressAsync(client));
        Assert.Equal("192.0.2.2", await AddressAsync(client));
        Assert.Single(_first.Queries);
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("192.0.2.1", await AddressAsync(client));
    }

    [Theory]
    [InlineData(2, DnsOutcome.ServFail)]
    [InlineData(5, DnsOutcome.Refused)]
    [InlineData(9, DnsOutcome.OtherError)]
    public async Task Asks_the_next_one_when_one_has_an_error(int code, DnsOutcome outcome)
    {
        _first.Add(new DnsFault(DnsFaultKind.Error) { ResponseCode = code });
        using var client = Client(Long);
        Assert.Equal("192.0.2.2", await AddressAsync(client));

        using var alone = Client(Long, _first);
        var response = await alone.QueryAsync("example.com", DnsRecordType.A, default);
        Assert.Equal(outcome, response.Outcome);
        Assert.Equal(code, response.ResponseCode);
        Assert.Equal(2, _first.Queries.Count);
    }

    [Fact]
    public async Task Reports_the_error_rather_than_the_silence()
    {
        _first.Add(new DnsFault(DnsFaultKind.Drop));
        _second.Add(new DnsFault(DnsFaultKind.Error) { ExtendedError = new DnsExtendedError(22, "no way") });
        using var client = Client(Short);
        var response = await client.QueryAsync("example.com", DnsRecordType.A, default);
        Assert.Equal(DnsOutcome.ServFail, response.Outcome);
        Assert.Equal(new DnsExtendedError(22, "no way"), Assert.Single(response.ExtendedErrors));

        // The silent one is asked twice, the other has spoken.
        Assert.Equal(2, _first.Queries.Count);
        Assert.Single(_second.Queries);
    }

    [Fact]
    public async Task Asks_again_when_a_datagram_is_lost()
    {
        _first.Add(new DnsFault(DnsFaultKind.Drop) { Times = 1 });
        using var client = Client(Short, _first);
        Assert.Equal("192.0.2.1", await AddressAsync(client));
        Assert.Equal(2, _first.Queries.Count);
    }

    [Fact]
    public async Task A_late_reply_is_not_taken_for_that_of_the_next_try()
    {
        _first.Add(new DnsFault(DnsFaultKind.None) { Times = 1, Delay = Short * 2 });
        using var client = new DnsClient(
            new DnsClientOptions { Servers = [_first.EndPoint], Timeout = Short, Attempts = 20, CacheOctets = 0 },
            _time);
        Assert.Equal("192.0.2.1", await AddressAsync(client));
        Assert.Equal("192.0.2.1", await AddressAsync(client));
        Assert.NotEqual(_first.Queries[0].Client.Port, _first.Queries[1].Client.Port);
    }

    [Fact]
    public async Task Gives_up_when_nobody_answers()
    {
        _first.Add(new DnsFault(DnsFaultKind.Drop));
        using var client = new DnsClient(
            new DnsClientOptions { Servers = [_first.EndPoint], Timeout = Short, Attempts = 3 }, TimeProvider.System);
        var response = await client.QueryAsync("example.com", DnsRecordType.A, default);
        Assert.Equal(DnsOutcome.Timeout, response.Outcome);
        Assert.Null(response.ResponseCode);
        Assert.Contains("0.25 s", response.Detail, StringComparison.Ordinal);
        Assert.True(response.Duration >= Short * 2.9, $"{response.Duration}");
        Assert.Equal(3, _first.Queries.Count);
        Assert.Equal(MailErrorKind.Timeout, Assert.Throws<DnsLookupException>(response.EnsureDefinite).Kind);
    }

    [Fact]
    public async Task Notices_that_nobody_listens()
    {
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var nobody = (IPEndPoint)closed.LocalEndPoint!;
        closed.Dispose();
        using var client = new DnsClient(new DnsClientOptions { Servers = [nobody], Timeout = Long });
        var response = await client.QueryAsync("example.com", DnsRecordType.A, default);
        Assert.Equal(DnsOutcome.Unreachable, response.Outcome);
        Assert.Contains(nobody.ToString(), response.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passes_over_forged_replies()
    {
        _first.Add(new DnsFault(DnsFaultKind.Forge));
        using var client = Client(Long, _first);
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal("192.0.2.1", await AddressAsync(client));
        }
    }

    [Theory]
    [InlineData(DnsFaultKind.PointerLoop)]
    [InlineData(DnsFaultKind.LieAboutCounts)]
    [InlineData(DnsFaultKind.CutShort)]
    public async Task Reports_replies_that_cannot_be_read(DnsFaultKind kind)
    {
        _first.Add(new DnsFault(kind));
        using var alone = Client(Long, _first);
        Assert.Equal(DnsOutcome.Malformed, (await alone.QueryAsync("example.com", DnsRecordType.A, default)).Outcome);
        using var client = Client(Long);
        Assert.Equal("192.0.2.2", await AddressAsync(client));
    }

    [Theory]
    [InlineData(DnsFaultKind.Truncate)]
    [InlineData(DnsFaultKind.Oversize)]
    public async Task Goes_to_TCP_with_what_did_not_come_whole(DnsFaultKind kind)
    {
        _first.Add(new DnsFault(kind));
        using var client = Client(Long, _first);
        var response = await client.QueryAsync("example.com", DnsRecordType.A, default);
        Assert.True(response.UsedTcp);
        Assert.Equal("192.0.2.1", Assert.Single(response.Records<AddressRecord>()).Data);
    }

    [Fact]
    public async Task A_truncated_reply_without_TCP_is_no_answer()
    {
        _first.Add(new DnsFault(DnsFaultKind.Truncate) { Times = 1 });
        _first.Add(new DnsFault(DnsFaultKind.Drop));
        using var client = new DnsClient(
            new DnsClientOptions { Servers = [_first.EndPoint], Timeout = Short, Attempts = 1 });
        var response = await client.QueryAsync("example.com", DnsRecordType.A, default);
        Assert.Equal(DnsOutcome.Unreachable, response.Outcome);
    }

    [Fact]
    public async Task Asks_without_EDNS_who_does_not_know_it()
    {
        _first.Add(new DnsFault(DnsFaultKind.RefuseEdns));
        using var client = Client(Long, _first);
        Assert.Equal("192.0.2.1", await AddressAsync(client));
        Assert.Equal([true, false], _first.Queries.Select(query => query.HasEdns));
    }

    [Fact]
    public async Task Asks_for_the_target_of_an_alias_that_came_alone()
    {
        await using var half = new AliasOnlyServer();
        using var client = new DnsClient(new DnsClientOptions { Servers = [half.EndPoint], Timeout = Long });
        var response = await client.QueryAsync("a3.example", DnsRecordType.A, default);
        Assert.Equal(DnsOutcome.Success, response.Outcome);
        Assert.Equal(["a2.example", "a1.example", "a0.example"], response.Aliases.Select(name => name.ToString()));
        Assert.Equal(DnsOutcome.AliasLoop, (await client.QueryAsync("a99.example", DnsRecordType.A, default)).Outcome);
    }

    private DnsClient Client(TimeSpan timeout, params DnsTestServer[] servers) => new(
        new DnsClientOptions
        {
            Servers = [.. (servers.Length > 0 ? servers : [_first, _second]).Select(server => server.EndPoint)],
            Timeout = timeout,
            Attempts = 2,
            CacheOctets = 0,
        },
        _time);

    private static async Task<string> AddressAsync(DnsClient client)
    {
        var response = await client.QueryAsync("example.com", DnsRecordType.A, default);
        return Assert.Single(response.EnsureDefinite().Records<AddressRecord>()).Data;
    }
}
