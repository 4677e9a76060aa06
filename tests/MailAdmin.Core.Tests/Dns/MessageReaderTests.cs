using System.Text;
using MailAdmin.Dns;
using MailAdmin.Dns.Records;
using MailAdmin.Dns.Server;
using MailAdmin.Dns.Wire;

namespace MailAdmin.Tests.Dns;

public sealed class MessageReaderTests
{
    public static TheoryData<string> Records => [.. Packets.Lines];

    [Theory]
    [MemberData(nameof(Records))]
    public void Reads_every_type(string line)
    {
        var expected = ZoneRecord.Parse(line);
        Assert.Equal(line, expected.ToString());
        var reply = Read(Packets.Reply(new DnsTestZone(line), expected.Name.ToString(), expected.Type));
        Assert.Equal(line, Assert.Single(reply.Answers).ToString());
        Assert.IsType(expected.GetType(), reply.Answers[0]);
    }

    [Fact]
    public void Reads_a_signature()
    {
        byte[] data =
        [
            0, 15, 13, 2, 0, 0, 14, 16, 0x68, 0, 0, 0, 0x67, 0, 0, 0, 0x09, 0x43,
            7, .. "example"u8, 3, .. "com"u8, 0, 1, 2, 3,
        ];
        var reply = Read(Packets.Message(0, 1, [0, 0, 46, 0, 1, 0, 0, 0, 9, 0, (byte)data.Length, .. data]));
        Assert.Equal(
            ". 9 IN RRSIG MX 13 2 3600 20250416190744 20241004144728 2371 example.com. AQID",
            Assert.Single(reply.Answers).ToString());
    }

    [Fact]
    public void Keeps_types_that_it_does_not_know()
    {
        var reply = Read(Packets.Message(0, 1, [0, 0xFF, 0x01, 0, 1, 0, 0, 0, 9, 0, 2, 0xAB, 0xCD]));
        Assert.Equal(". 9 IN TYPE65281 \\# 2 ABCD", Assert.Single(reply.Answers).ToString());
    }

    [Fact]
    public void Passes_over_other_classes()
    {
        var reply = Read(Packets.Message(0, 1, [0, 0, 16, 0, 3, 0, 0, 0, 9, 0, 2, 1, (byte)'x']));
        Assert.Empty(reply.Answers);
    }

    [Theory]
    [InlineData(0x7FFFFFFF, 0x7FFFFFFF)]
    [InlineData(0x80000000, 0)]
    [InlineData(0xFFFFFFFF, 0)]
    public void Takes_a_time_to_live_with_its_top_bit_for_zero(uint sent, int seconds)
    {
        byte[] time = [(byte)(sent >> 24), (byte)(sent >> 16), (byte)(sent >> 8), (byte)sent];
        var reply = Read(Packets.Message(0, 1, [0, 0, 1, 0, 1, .. time, 0, 4, 192, 0, 2, 1]));
        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.Single(reply.Answers).TimeToLive);
    }

    [Fact]
    public void Joins_text_without_anything_between()
    {
        var reply = Read(Packets.Reply(Packets.Zone(), "example.com", DnsRecordType.TXT));
        var text = Assert.IsType<TxtRecord>(reply.Answers[1]);
        Assert.Equal(2, text.Strings.Count);
        Assert.Equal("two strings with \"quotes\" and ä", text.Text);
        Assert.Equal(Encoding.UTF8.GetBytes(text.Text), text.Octets);
    }

    [Fact]
    public void Text_that_is_no_UTF8_loses_nothing()
    {
        var text = new TxtRecord(DnsName.Root, default, [new byte[] { 0xE4, 0x41, 0xFF }]);
        Assert.Equal("äAÿ", text.Text);
    }

    [Fact]
    public void Sees_a_null_MX()
    {
        var reply = Read(Packets.Reply(Packets.Zone(), "null.example", DnsRecordType.MX));
        Assert.True(Assert.IsType<MxRecord>(Assert.Single(reply.Answers)).IsNull);
    }

    [Fact]
    public void Reads_extended_errors()
    {
        byte[] option = [0, 15, 0, 9, 0, 6, .. "bogus\r\0"u8];
        byte[] opt = [0, 0, 41, 4, 208, 1, 0, 0, 0, 0, (byte)option.Length, .. option];
        var message = Packets.Message(0, 0, opt);
        message[11] = 1;
        message[3] = 2;
        var reply = Read(message);
        Assert.Equal(18, reply.ResponseCode);
        Assert.True(reply.HasEdns);
        Assert.Equal(new DnsExtendedError(6, "bogus\uFFFD"), Assert.Single(reply.ExtendedErrors));
    }

    [Fact]
    public void Owners_of_one_answer_are_one_object()
    {
        var asked = DnsName.Parse("example.com");
        var message = Packets.Reply(Packets.Zone(), "example.com", DnsRecordType.MX);
        Assert.True(MessageReader.TryRead(message, asked, out var reply));
        Assert.All(reply.Answers, record => Assert.Same(asked, record.Name));
    }

    [Fact]
    public void Refuses_every_message_that_is_cut_off()
    {
        foreach (var whole in Packets.Replies())
        {
            for (var length = 0; length < whole.Length; length++)
            {
                Assert.False(MessageReader.TryRead(whole.AsSpan(0, length), DnsName.Root, out _), $"{length}");
            }

            Read([.. whole, 1, 2, 3]);
        }
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(1, 5)]
    [InlineData(28, 4)]
    [InlineData(15, 2)]
    [InlineData(16, 0)]
    [InlineData(33, 6)]
    [InlineData(6, 21)]
    [InlineData(257, 1)]
    [InlineData(52, 2)]
    [InlineData(46, 18)]
    public void Refuses_data_that_does_not_fit_its_type(int type, byte length)
    {
        byte[] record = [0, (byte)(type >> 8), (byte)type, 0, 1, 0, 0, 0, 9, 0, length, .. new byte[length]];
        Assert.False(MessageReader.TryRead(Packets.Message(0, 1, record), DnsName.Root, out _));
    }

    private static DnsMessage Read(byte[] message)
    {
        Assert.True(MessageReader.TryRead(message, DnsName.Root, out var reply));
        return reply;
    }
}
