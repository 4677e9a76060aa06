using MailAdmin.Dns;
using MailAdmin.Dns.Server;

namespace MailAdmin.Tests.Dns;

public sealed class DnsTestServerTests
{
    [Theory]
    [InlineData("example.com")]
    [InlineData("example.com A")]
    [InlineData("example.com A 192.0.2.999")]
    [InlineData("example.com A 2001:db8::1")]
    [InlineData("example.com A 192.0.2.1 more")]
    [InlineData("example.com MX 70000 mail.example.com")]
    [InlineData("example.com MX 10 mail..example.com")]
    [InlineData("example.com TXT \"no end")]
    [InlineData("example.com TXT \\999")]
    [InlineData("example.com TLSA 3 1 1 XYZ")]
    [InlineData("example.com DNSKEY 257 3 13 !")]
    [InlineData("example.com NONSENSE 1")]
    [InlineData("example.com RRSIG 1")]
    [InlineData("a..b A 192.0.2.1")]
    [InlineData("")]
    public void Refuses_lines_that_are_no_records(string line)
    {
        var failure = Assert.Throws<ZoneLineException>(() => new DnsTestZone(line));
        Assert.Equal("InvalidZoneLine", failure.ErrorId);
        Assert.Contains(line, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Example.com a 192.0.2.1", "Example.com. 300 IN A 192.0.2.1")]
    [InlineData("example.com 5 IN aaaa 2001:DB8:0:0:0:0:0:1", "example.com. 5 IN AAAA 2001:db8::1")]
    [InlineData("bücher.example MX 1 .", "xn--bcher-kva.example. 300 IN MX 1 .")]
    [InlineData("x.example TXT plain ä", "x.example. 300 IN TXT \"plain\" \"\\195\\164\"")]
    [InlineData("x.example TLSA 3 1 1 ab cd", "x.example. 300 IN TLSA 3 1 1 ABCD")]
    public void Reads_lines_as_people_write_them(string line, string written) =>
        Assert.Equal(written, ZoneRecord.Parse(line).ToString());

    [Fact]
    public void Breaks_up_text_that_is_too_long()
    {
        var record = ZoneRecord.Parse($"x.example TXT \"{new string('a', 600)}\"");
        Assert.Equal([255, 255, 90], ((MailAdmin.Dns.Records.TxtRecord)record).Strings.Select(part => part.Length));
    }

    [Fact]
    public void Cuts_a_reply_to_what_the_client_takes()
    {
        var lines = Enumerable.Range(0, 60).Select(i => $"many.example MX {i} mx{i}.example").ToArray();
        var query = new DnsTestQuery
        {
            Question = new DnsQuestion(DnsName.Parse("many.example"), DnsRecordType.MX),
            Client = new(System.Net.IPAddress.Loopback, 1),
            UsedTcp = false,
            Id = 1,
        };
        var reply = new DnsResponder(new DnsTestZone(lines), authenticatesData: false).Reply(query);
        Assert.InRange(reply.Length, 480, 512);
        Assert.Equal(2, reply[2] & 2);
    }

    [Fact]
    public async Task Faults_happen_to_whom_they_are_for_and_as_often_as_they_are_told()
    {
        await using var server = DnsTestServer.Start(new DnsTestZone("a.example A 192.0.2.1", "b.example A 192.0.2.2"));
        server.Add(
            new DnsFault(DnsFaultKind.Error) { Name = DnsName.Parse("a.example"), Type = DnsRecordType.A, Times = 1 });
        using var client = Client(server, TimeSpan.FromSeconds(60));
        Assert.Equal(DnsOutcome.Success, (await client.QueryAsync("b.example", DnsRecordType.A, default)).Outcome);
        Assert.Equal(DnsOutcome.NoData, (await client.QueryAsync("a.example", DnsRecordType.MX, default)).Outcome);
        Assert.Equal(DnsOutcome.ServFail, (await client.QueryAsync("a.example", DnsRecordType.A, default)).Outcome);
        Assert.Equal(DnsOutcome.Success, (await client.QueryAsync("a.example", DnsRecordType.A, default)).Outcome);
    }

    [Fact]
    public async Task Ends_while_replies_are_still_to_be_given()
    {
        var server = DnsTestServer.Start(new DnsTestZone("a.example A 192.0.2.1"));
        server.Add(new DnsFault(DnsFaultKind.None) { Delay = TimeSpan.FromMinutes(10) });
        using var client = Client(server, TimeSpan.FromMilliseconds(200));
        await client.QueryAsync("a.example", DnsRecordType.A, default);
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static DnsClient Client(DnsTestServer server, TimeSpan timeout) =>
        new(new DnsClientOptions { Servers = [server.EndPoint], Timeout = timeout });
}
