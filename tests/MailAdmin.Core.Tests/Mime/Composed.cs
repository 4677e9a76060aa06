using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Mime;

namespace MailAdmin.Tests.Mime;

/// <summary>Builds and writes messages for tests, and checks what holds for every message.</summary>
internal static class Composed
{
    public static readonly DateTimeOffset Date = new(2026, 2, 3, 4, 5, 6, TimeSpan.FromHours(9));

    public static readonly MessageDraft Draft = new()
    {
        From = Mailbox("anna@example.com", "Anna"),
        To = [Mailbox("ben@example.org")],
        Subject = "Hello",
        TextBody = "Hi Ben",
        Date = Date,
    };

    public static Mailbox Mailbox(string address, string? name = null) => new(name, EmailAddress.Parse(address));

    public static RelayMessage Build(MessageDraft draft) => new MessageBuilder(random: new FixedRandom()).Build(draft);

    public static async Task<string> WriteAsync(MessageDraft draft, WireFormat format = default) =>
        Encoding.UTF8.GetString(await OctetsAsync(Build(draft), format));

    public static async Task<byte[]> OctetsAsync(IMessageWriter message, WireFormat format = default)
    {
        await using var prepared = await message.PrepareAsync(format, CancellationToken.None);
        using var stream = new MemoryStream();
        await prepared.WriteToAsync(stream, CancellationToken.None);
        var octets = stream.ToArray();
        Assert.Equal(octets.Length, prepared.Length);
        AssertWireRules(octets, prepared.IsEightBit || prepared.UsesUtf8Headers);
        return octets;
    }

    /// <summary>What every server relies on; with spans, as some tests do this very often.</summary>
    public static void AssertWireRules(ReadOnlySpan<byte> octets, bool allowsEightBit)
    {
        Assert.True(octets.EndsWith("\r\n"u8), "the last line has no end");
        Assert.False(octets.Contains((byte)0), "a NUL");
        Assert.True(allowsEightBit || Ascii.IsValid(octets), "octets over 127");
        while (!octets.IsEmpty)
        {
            var end = octets.IndexOfAny((byte)'\r', (byte)'\n');
            Assert.True(octets[end..].StartsWith("\r\n"u8), "a bare CR or LF");
            Assert.True(end <= 998, $"a line has {end} octets");
            octets = octets[(end + 2)..];
        }
    }
}
