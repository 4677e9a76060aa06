using System.Text;
using MailAdmin.Mime;

namespace MailAdmin.Tests.Mime.Eml;

/// <summary>Opens messages that stand in a test as text; <c>\n</c> stands for CRLF.</summary>
internal static class EmlFixture
{
    public static byte[] Octets(string text) =>
        Encoding.Latin1.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal));

    public static ValueTask<EmlMessage> OpenAsync(byte[] octets, bool reencode = false) =>
        EmlMessage.ReadAsync(new MemoryStream(octets), new EmlOptions { Reencode = reencode });

    public static async Task<string> SendAsync(byte[] octets, WireFormat format = default, bool reencode = false)
    {
        await using var message = await OpenAsync(octets, reencode);
        return Encoding.Latin1.GetString(await Composed.OctetsAsync(message, format));
    }

    public static async Task<MessageException> RefusedAsync(byte[] octets, WireFormat format = default)
    {
        await using var message = await OpenAsync(octets);
        return await Assert.ThrowsAsync<MessageException>(
            async () => await message.PrepareAsync(format, CancellationToken.None));
    }
}
