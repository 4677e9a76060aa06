using MailAdmin.Dns;
using MailAdmin.Dns.Wire;

namespace MailAdmin.Tests.Dns;

public sealed class WireNameTests
{
    [Fact]
    public void Follows_pointers_backwards()
    {
        byte[] message = [3, .. "com"u8, 0, 7, .. "example"u8, 0xC0, 0, 4, .. "mail"u8, 0xC0, 5, 0xFF];
        var reader = new WireReader(message, 15, DnsName.Root);
        Assert.Equal("mail.example.com", reader.ReadName().ToString());
        Assert.Equal(22, reader.Position);
        Assert.False(reader.Failed);
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 0 }, 0)]
    [InlineData(new byte[] { 0xC0, 2, 0xC0, 0 }, 0)]
    [InlineData(new byte[] { 1, 65, 0xC0, 0 }, 0)]
    [InlineData(new byte[] { 1, 65, 0xC0, 0 }, 2)]
    [InlineData(new byte[] { 1, 65, 0xC0, 2 }, 0)]
    [InlineData(new byte[] { 0xC0, 4, 1, 65, 0 }, 0)]
    [InlineData(new byte[] { 0xC0, 200 }, 0)]
    [InlineData(new byte[] { 0xC0 }, 0)]
    [InlineData(new byte[] { 0x41, 1, 0 }, 0)]
    [InlineData(new byte[] { 0x80, 0 }, 0)]
    [InlineData(new byte[] { 5, 65, 0 }, 0)]
    [InlineData(new byte[] { }, 0)]
    public void Refuses_circles_and_what_leads_nowhere(byte[] message, int position)
    {
        var reader = new WireReader(message, position, DnsName.Root);
        reader.ReadName();
        Assert.True(reader.Failed);
    }

    [Fact]
    public void Refuses_names_that_pointers_make_too_long()
    {
        byte[] label = [63, .. new byte[63]];
        byte[] message = [.. label, .. label, .. label, 0, .. label, 0xC0, 0];
        var reader = new WireReader(message, 193, DnsName.Root);
        reader.ReadName();
        Assert.True(reader.Failed);
    }

    [Fact]
    public void Takes_the_longest_name()
    {
        byte[] label = [63, .. new byte[63]];
        byte[] message = [.. label, .. label, .. label, 61, .. new byte[61], 0];
        var reader = new WireReader(message, 0, DnsName.Root);
        Assert.Equal(255, reader.ReadName().Wire.Length);
        Assert.False(reader.Failed);
    }

    [Theory]
    [InlineData(127, false)]
    [InlineData(128, true)]
    public void Follows_only_so_many_pointers(int pointers, bool failed)
    {
        var message = new byte[2 + (pointers * 2)];
        for (var i = 1; i <= pointers; i++)
        {
            var target = i == 1 ? 0 : i * 2 - 2;
            message[i * 2] = (byte)(0xC0 | (target >> 8));
            message[(i * 2) + 1] = (byte)target;
        }

        var reader = new WireReader(message, pointers * 2, DnsName.Parse("x"));
        reader.ReadName();
        Assert.Equal(failed, reader.Failed);
    }

    [Fact]
    public void What_is_read_after_a_fault_is_nothing()
    {
        var reader = new WireReader([1, 2, 3], 0, DnsName.Root);
        Assert.Equal(0u, reader.ReadUInt32());
        Assert.True(reader.Failed);
        Assert.Equal(0, reader.ReadUInt16());
        Assert.Equal(0, reader.ReadByte());
        Assert.Equal(0, reader.Remaining);
    }

    [Fact]
    public void A_record_cannot_read_beyond_its_data()
    {
        var reader = new WireReader([1, 2, 3, 4], 0, DnsName.Root);
        var outer = reader.Enter(2);
        Assert.Equal(2, reader.Remaining);
        reader.ReadUInt32();
        Assert.True(reader.Failed);
        reader.Leave(outer);

        reader = new WireReader([1, 2, 3, 4], 0, DnsName.Root);
        outer = reader.Enter(2);
        reader.ReadByte();
        reader.Leave(outer);
        Assert.True(reader.Failed);
    }
}
