using MailAdmin.Mime;

namespace MailAdmin.Interop.Composing;

/// <summary>The octets that a message puts on the wire.</summary>
internal static class Written
{
    /// <summary>What servers take that offer 8BITMIME and SMTPUTF8.</summary>
    public static WireFormat Full { get; } = new(EightBit: true, Utf8Headers: true);

    /// <summary>Prepares the message once more, which gives the same octets each time.</summary>
    public static async Task<byte[]> OctetsAsync(IMessageWriter message, WireFormat format)
    {
        await using var prepared = await message.PrepareAsync(format, CancellationToken.None);
        using var octets = new MemoryStream();
        await prepared.WriteToAsync(octets, CancellationToken.None);
        Assert.Equal(prepared.Length, octets.Length);
        return octets.ToArray();
    }
}
