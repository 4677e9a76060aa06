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
        AssertWireRules(octets, prepared);
        return octets;
    }

    private static void AssertWireRules(byte[] octets, PreparedMessage prepared)
    {
        Assert.EndsWith("\r\n", Encoding.Latin1.GetString(octets), StringComparison.Ordinal);
        Assert.DoesNotContain((byte)0, octets);
        var lines = Encoding.Latin1.GetString(octets).Split("\r\n");
        Assert.All(lines, line =>
        {
            Assert.DoesNotContain('\r', line);
            Assert.DoesNotContain('\n', line);
            Assert.True(line.Length <= 998, $"a line has {line.Length} octets");
        });
        if (!prepared.IsEightBit && !prepared.UsesUtf8Headers)
        {
            Assert.True(Ascii.IsValid(octets), "octets over 127");
        }
    }
}
