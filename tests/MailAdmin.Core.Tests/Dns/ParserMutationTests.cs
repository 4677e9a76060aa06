using System.Diagnostics;
using MailAdmin.Dns;
using MailAdmin.Dns.Wire;

namespace MailAdmin.Tests.Dns;

/// <summary>Real replies, damaged: the parser takes or refuses each, and takes no undue time for it.</summary>
public sealed class ParserMutationTests
{
    private const int Count = 200_000;
    private const int Seed = 20261;

    [Fact]
    public void Takes_or_refuses_whatever_comes()
    {
        var random = new Random(Seed);
        var taken = 0;
        foreach (var message in Mutations.Of(Packets.Replies(), Count, Seed))
        {
            Misdirect(message, random);
            if (MessageReader.TryRead(message, DnsName.Root, out var reply))
            {
                taken++;
                var question = new DnsQuestion(DnsName.Parse("www.example.com"), DnsRecordType.MX);
                var response = ReplyInterpreter.Interpret(question, reply, message.Length, default);
                _ = response.TimeToLive + TimeSpan.FromSeconds(response.Aliases.Count);
                Assert.All(response.Answers, record => Assert.NotEmpty(record.ToString()));
            }
        }

        Assert.InRange(taken, Count / 50, Count - (Count / 50));
    }

    [Fact]
    public void Takes_or_refuses_noise()
    {
        var random = new Random(Seed);
        for (var i = 0; i < Count; i++)
        {
            var noise = new byte[random.Next(600)];
            random.NextBytes(noise);
            MessageReader.TryRead(noise, DnsName.Root, out _);
        }
    }

    [Fact]
    public void The_most_laborious_message_is_read_in_no_time()
    {
        // 64 KiB: a record of an unknown type, whose data are pointers, each to the one before it; then records whose
        // owners point to the last of these.
        const int Pointers = 100;
        const int Data = 12 + 11;
        const int Last = Data + (Pointers * 2) - 2;
        List<byte> message = [.. Packets.Message(0, 5000, 0, 0xFF, 0, 0, 1, 0, 0, 0, 0, 0, Pointers * 2)];
        for (var target = 12; message.Count <= Last; target = message.Count - 2)
        {
            message.AddRange([(byte)(0xC0 | (target >> 8)), (byte)target]);
        }

        while (message.Count < Last + 2 + (4999 * 13))
        {
            message.AddRange([0xC0 | (Last >> 8), Last, 0, 16, 0, 1, 0, 0, 0, 0, 0, 1, 0]);
        }

        var octets = message.ToArray();
        Assert.InRange(octets.Length, 64_000, 65_535);
        var watch = Stopwatch.StartNew();
        Assert.True(MessageReader.TryRead(octets, DnsName.Root, out var reply));
        Assert.Equal(5000, reply.Answers.Count);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
    }

    // Half of the time, a compression pointer to anywhere.
    private static void Misdirect(byte[] message, Random random)
    {
        if (message.Length > 14 && random.Next(2) == 0)
        {
            var at = random.Next(12, message.Length - 1);
            message[at] = (byte)(0xC0 | random.Next(2));
            message[at + 1] = (byte)random.Next(message.Length);
        }
    }
}
