using MailAdmin.Dns;
using MailAdmin.Dns.Wire;

namespace MailAdmin.Tests.Dns;

public sealed class DnsQueryTests
{
    private static readonly DnsQuestion Question = new(DnsName.Parse("Ex\\255.com"), DnsRecordType.MX);

    [Fact]
    public void Is_written_as_the_RFCs_say()
    {
        const int Flags = MessageHeader.RecursionDesired | MessageHeader.AuthenticatedData;
        var query = new DnsQuery(Question, Flags, edns: true, dnssecOk: true) { Id = 0x1234 };
        Assert.Equal(
            "1234" + "0120" + "0001" + "0000" + "0000" + "0001"
            + "034578FF" + "03636F6D" + "00" + "000F" + "0001"
            + "00" + "0029" + "04D0" + "00008000" + "0000",
            Convert.ToHexString(query.Octets.Span));
        var plain = new DnsQuery(Question, 0, false, false);
        Assert.Equal("0000" + "0000" + "0001" + "0000" + "0000" + "0000", Convert.ToHexString(plain.Octets.Span[..12]));
        Assert.Equal(12 + 9 + 4, plain.Octets.Length);
    }

    [Theory]
    [InlineData(0, 0x00, true)]
    [InlineData(14, 0x20, true)]
    [InlineData(0, 0x01, false)]
    [InlineData(1, 0x80, false)]
    [InlineData(2, 0x80, false)]
    [InlineData(2, 0x08, false)]
    [InlineData(5, 0x03, false)]
    [InlineData(13, 0x01, false)]
    [InlineData(15, 0x20, false)]
    [InlineData(22, 0x20, false)]
    [InlineData(24, 0x02, false)]
    public void Knows_its_reply(int at, byte flip, bool isReply)
    {
        var query = new DnsQuery(Question, 0, true, false) { Id = 0xABCD };
        var reply = query.Octets.ToArray();
        reply[2] |= 0x80;
        reply[at] ^= flip;
        Assert.Equal(isReply, query.IsAnsweredBy(reply));
    }

    [Fact]
    public void Takes_an_empty_reply_only_from_who_could_not_read_it()
    {
        var query = new DnsQuery(Question, 0, true, false) { Id = 0xABCD };
        var reply = new byte[12];
        reply[0] = 0xAB;
        reply[1] = 0xCD;
        reply[2] = 0x80;
        Assert.False(query.IsAnsweredBy(reply));
        reply[3] = 2;
        Assert.False(query.IsAnsweredBy(reply));
        reply[3] = 1;
        Assert.True(query.IsAnsweredBy(reply));
        Assert.False(query.IsAnsweredBy(reply.AsSpan(0, 11)));
        Assert.False(query.IsAnsweredBy([]));
    }
}
