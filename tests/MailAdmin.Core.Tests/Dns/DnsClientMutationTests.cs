using MailAdmin.Dns;
using MailAdmin.Dns.Server;

namespace MailAdmin.Tests.Dns;

/// <summary>Noise and damaged replies on a real socket: every question ends, with an outcome.</summary>
public sealed class DnsClientMutationTests
{
    private const int Seed = 20261;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData(1_000, false)]
    [InlineData(10_000, true)]
    public async Task Every_question_ends(int count, bool isReal)
    {
        var random = new Random(Seed);
        var zone = Packets.Zone();
        var records = Packets.Lines.Select(ZoneRecord.Parse).ToArray();
        await using var server = new UdpScript(query => isReal ? Damaged(query, zone, random) : Noise(random));
        using var client = new DnsClient(new DnsClientOptions
        {
            Servers = [server.EndPoint], Timeout = Patience, Attempts = 1, CacheOctets = 0, MaxInFlight = 100,
        });
        var outcomes = new List<DnsOutcome>();
        foreach (var batch in Enumerable.Range(0, count).Chunk(100))
        {
            // Names differ, as equal questions would share one query.
            var responses = await Task.WhenAll(batch.Select(i => client.QueryAsync(
                i % 3 == 0 ? $"n{i}.example.com" : records[i % records.Length].Name.ToString(),
                i % 3 == 0 ? DnsRecordType.A : (DnsRecordType)(i % 60),
                default))).WaitAsync(TimeSpan.FromMinutes(2));
            outcomes.AddRange(responses.Select(response => response.Outcome));
        }

        Assert.Equal(count, outcomes.Count);
        Assert.Contains(DnsOutcome.Timeout, outcomes);
        if (isReal)
        {
            Assert.Contains(DnsOutcome.Success, outcomes);
            Assert.Contains(DnsOutcome.NxDomain, outcomes);
            Assert.Contains(DnsOutcome.Malformed, outcomes);
        }
    }

    private static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(1500)];
        random.NextBytes(noise);
        return noise;
    }

    // Mostly ID and question stay whole, so that the reply is read at all.
    private static byte[] Damaged(byte[] octets, DnsTestZone zone, Random random)
    {
        Assert.True(QueryReader.TryRead(octets, new(System.Net.IPAddress.Loopback, 1), usedTcp: false, out var query));
        var reply = new DnsResponder(zone, authenticatesData: false).Reply(query);
        var whole = random.Next(4) == 0 ? 0 : Math.Min(octets.Length - 11, reply.Length);
        return [.. reply[..whole], .. Mutations.Of([reply[whole..]], 1, random.Next()).Single()];
    }
}
