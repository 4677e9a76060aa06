using System.Net;
using MailAdmin.Dns;
using MailAdmin.Dns.Records;
using MailAdmin.Dns.Server;

namespace MailAdmin.Tests.Dns;

/// <summary>The resolver against the embedded server.</summary>
public sealed class DnsClientTests : IAsyncLifetime
{
    private readonly DnsTestServer _server = DnsTestServer.Start(new DnsTestZone(
    [
        .. Packets.Lines,
        "xn--bcher-kva.example MX 5 mail.xn--bcher-kva.example",
        "big.example TXT " + string.Join(' ', Enumerable.Repeat('"' + new string('x', 250) + '"', 12)),
        "one.example CNAME two.example",
        "two.example CNAME three.example",
        "three.example A 192.0.2.3",
        "loop.example CNAME pool.example",
        "pool.example CNAME loop.example",
    ]));

    private readonly ManualTime _time = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Brings_every_record_of_the_zone()
    {
        using var client = Client();
        foreach (var record in Packets.Lines.Select(ZoneRecord.Parse))
        {
            var response = await client.QueryAsync(record.Name, record.Type, default);
            Assert.Equal(DnsOutcome.Success, response.Outcome);
            Assert.Contains(record.ToString(), response.Answers.Select(answer => answer.ToString()));
            Assert.Equal(_server.EndPoint, response.Server);
            Assert.Equal(0, response.ResponseCode);
        }
    }

    [Fact]
    public async Task Tells_no_data_and_no_name_apart()
    {
        using var client = Client();
        var noData = await client.QueryAsync("mx1.example.com", DnsRecordType.MX, default);
        Assert.Equal(DnsOutcome.NoData, noData.Outcome);
        Assert.Equal("example.com", noData.Authority?.Name.ToString());
        var between = await client.QueryAsync("_tcp.example.com", DnsRecordType.A, default);
        Assert.Equal(DnsOutcome.NoData, between.Outcome);
        var noName = await client.QueryAsync("nowhere.example.com", DnsRecordType.MX, default);
        Assert.Equal(DnsOutcome.NxDomain, noName.Outcome);
        Assert.Equal(TimeSpan.FromSeconds(300), noName.TimeToLive);
        Assert.Same(noName, noName.EnsureDefinite());
    }

    [Fact]
    public async Task Follows_aliases()
    {
        using var client = Client();
        var response = await client.QueryAsync("one.example", DnsRecordType.A, default);
        Assert.Equal(["two.example", "three.example"], response.Aliases.Select(name => name.ToString()));
        Assert.Equal("192.0.2.3", Assert.Single(response.Records<AddressRecord>()).Data);
        Assert.Equal(DnsOutcome.AliasLoop, (await client.QueryAsync("loop.example", DnsRecordType.A, default)).Outcome);
    }

    [Fact]
    public async Task Asks_for_names_in_Unicode_and_for_addresses()
    {
        using var client = Client();
        var mx = await client.QueryAsync("Bücher.example", DnsRecordType.MX, default);
        Assert.Equal("mail.bücher.example", Assert.Single(mx.Records<MxRecord>()).Exchange.Unicode);
        var names = await client.QueryReverseAsync(IPAddress.Parse("192.0.2.1"), default);
        Assert.Equal("mx1.example.com.", Assert.Single(names.Records<PtrRecord>()).Data);
    }

    [Fact]
    public async Task Goes_on_over_TCP_with_what_is_too_long()
    {
        using var client = Client();
        var response = await client.QueryAsync("big.example", DnsRecordType.TXT, default);
        Assert.Equal(DnsOutcome.Success, response.Outcome);
        Assert.True(response.UsedTcp);
        Assert.Equal(3000, Assert.Single(response.Records<TxtRecord>()).Text.Length);
        Assert.Equal([false, true], _server.Queries.Select(query => query.UsedTcp));
        Assert.NotEqual(_server.Queries[0].Id, _server.Queries[1].Id);
    }

    [Fact]
    public async Task Keeps_a_TCP_connection_for_a_while()
    {
        using var client = Client(new DnsClientOptions { UsesTcpOnly = true, CacheOctets = 0 });
        for (var i = 0; i < 3; i++)
        {
            Assert.True((await client.QueryAsync("example.com", DnsRecordType.MX, default)).UsedTcp);
        }

        Assert.Single(_server.Queries.Select(query => query.Client.Port).Distinct());
        _time.Advance(TimeSpan.FromSeconds(6));
        await client.QueryAsync("example.com", DnsRecordType.MX, default);
        Assert.Equal(2, _server.Queries.Select(query => query.Client.Port).Distinct().Count());
    }

    [Fact]
    public async Task Opens_another_connection_when_the_server_ended_the_idle_one()
    {
        using var client = Client(new DnsClientOptions { UsesTcpOnly = true, CacheOctets = 0 });
        await client.QueryAsync("example.com", DnsRecordType.MX, default);
        _server.Add(new DnsFault(DnsFaultKind.Drop) { Times = 1 });
        var response = await client.QueryAsync("example.com", DnsRecordType.MX, default);
        Assert.Equal(DnsOutcome.Success, response.Outcome);
        Assert.Equal(3, _server.Queries.Count);
    }

    [Fact]
    public async Task Answers_again_from_memory()
    {
        using var client = Client();
        await client.QueryAsync("example.com", DnsRecordType.MX, default);
        _time.Advance(TimeSpan.FromSeconds(299));
        var again = await client.QueryAsync("EXAMPLE.com", DnsRecordType.MX, default);
        Assert.True(again.IsFromCache);
        Assert.Equal(TimeSpan.FromSeconds(1), again.TimeToLive);
        Assert.Equal(2, again.Records<MxRecord>().Count);
        Assert.Single(_server.Queries);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False((await client.QueryAsync("example.com", DnsRecordType.MX, default)).IsFromCache);
        Assert.Equal(2, _server.Queries.Count);
    }

    [Fact]
    public async Task Equal_questions_share_one_query()
    {
        _server.Add(new DnsFault(DnsFaultKind.None) { Delay = TimeSpan.FromMilliseconds(300) });
        using var client = Client(new DnsClientOptions { CacheOctets = 0, Timeout = TimeSpan.FromSeconds(60) });
        using var impatient = new CancellationTokenSource();
        var first = client.QueryAsync("example.com", DnsRecordType.MX, impatient.Token);
        var others = Enumerable.Range(0, 20)
            .Select(_ => client.QueryAsync("Example.com", DnsRecordType.MX, default))
            .ToArray();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.All(await Task.WhenAll(others), response => Assert.Equal(DnsOutcome.Success, response.Outcome));
        Assert.Single(_server.Queries);
    }

    [Fact]
    public async Task Ends_at_once_when_nobody_waits_any_more()
    {
        _server.Add(new DnsFault(DnsFaultKind.Drop) { Times = 1 });
        using var client = Client(new DnsClientOptions { Timeout = TimeSpan.FromMinutes(5), MaxInFlight = 1 });
        using var impatient = new CancellationTokenSource();
        var question = client.QueryAsync("example.com", DnsRecordType.MX, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => question);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.QueryAsync("example.com", DnsRecordType.MX, impatient.Token));

        // The one place in flight is free again.
        _server.ClearFaults();
        var response = await client.QueryAsync("example.com", DnsRecordType.MX, default)
            .WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(DnsOutcome.Success, response.Outcome);
    }

    [Theory]
    [InlineData(AuthenticatedDataTrust.Local, true, true)]
    [InlineData(AuthenticatedDataTrust.Local, false, false)]
    [InlineData(AuthenticatedDataTrust.Always, true, true)]
    [InlineData(AuthenticatedDataTrust.Never, true, false)]
    public async Task Believes_whom_it_is_told_to(AuthenticatedDataTrust trust, bool bit, bool isAuthenticated)
    {
        _server.AuthenticatesData = bit;
        using var client = Client(new DnsClientOptions { TrustAuthenticatedData = trust });
        var response = await client.QueryAsync("example.com", DnsRecordType.MX, default);
        Assert.Equal(bit, response.HasAuthenticatedDataBit);
        Assert.Equal(isAuthenticated, response.IsAuthenticated);
    }

    [Fact]
    public async Task Says_in_its_queries_what_it_takes()
    {
        using var plain = Client();
        await plain.QueryAsync("example.com", DnsRecordType.MX, default);
        using var curious = Client(new DnsClientOptions { WantsSignatures = true, DisablesChecking = true });
        await curious.QueryAsync("example.com", DnsRecordType.MX, default);
        Assert.Equal(
            [(true, 1232, false, false), (true, 1232, true, true)],
            _server.Queries.Select(
                query => (query.HasEdns, query.UdpPayload, query.WantsSignatures, query.DisablesChecking)));
    }

    [Fact]
    public async Task Ports_and_IDs_cannot_be_foretold()
    {
        using var client = Client(new DnsClientOptions { CacheOctets = 0 });
        for (var i = 0; i < 320; i++)
        {
            await client.QueryAsync("example.com", DnsRecordType.MX, default);
        }

        var uses = _server.Queries.GroupBy(query => query.Client.Port).ToArray();
        Assert.All(uses, use => Assert.InRange(use.Count(), 1, 32 * 2));
        Assert.True(uses.Length >= 9, $"{uses.Length} ports");
        var steps = _server.Queries.Zip(_server.Queries.Skip(1), (one, next) => (ushort)(next.Id - one.Id)).Distinct();
        Assert.True(steps.Count() > 300);

        _time.Advance(TimeSpan.FromSeconds(11));
        var before = _server.Queries[^1].Client.Port;
        await client.QueryAsync("example.com", DnsRecordType.MX, default);
        Assert.NotEqual(before, _server.Queries[^1].Client.Port);
    }

    [Fact]
    public async Task Takes_its_chance_from_where_it_is_told()
    {
        using var random = new CountingRandom();
        using var client = new DnsClient(new DnsClientOptions { Servers = [_server.EndPoint] }, _time, random);
        await client.QueryAsync("example.com", DnsRecordType.MX, default);

        // A port or more, as one may be taken; the ID comes last.
        Assert.InRange(random.Calls, 2, 10);
        Assert.Equal(0x0101 * random.Calls, Assert.Single(_server.Queries).Id);
    }

    [Fact]
    public async Task Has_hundreds_of_questions_in_flight()
    {
        using var client = Client(
            new DnsClientOptions { CacheOctets = 0, MaxInFlight = 100, Timeout = TimeSpan.FromSeconds(30) });
        var types = new[] { DnsRecordType.MX, DnsRecordType.A, DnsRecordType.TXT, DnsRecordType.SOA, DnsRecordType.NS };
        var responses = await Task.WhenAll(Enumerable.Range(0, 1000)
            .Select(i => (Name: i % 2 == 0 ? "example.com" : $"n{i}.example.com", Type: types[i % types.Length]))
            .Select(question => client.QueryAsync(question.Name, question.Type, default)));
        Assert.All(responses, response => Assert.True(response.IsDefinite, response.Detail));
    }

    [Fact]
    public async Task Refuses_to_work_when_it_is_closed_or_set_up_wrong()
    {
        var client = Client();
        client.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => client.QueryAsync("example.com", DnsRecordType.MX, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => Client(new DnsClientOptions { Timeout = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Client(new DnsClientOptions { Attempts = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Client(new DnsClientOptions { MaxInFlight = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Client(new DnsClientOptions { CacheOctets = -1 }));
    }

    private DnsClient Client(DnsClientOptions? options = null) =>
        new((options ?? new DnsClientOptions()) with { Servers = [_server.EndPoint] }, _time);
}
