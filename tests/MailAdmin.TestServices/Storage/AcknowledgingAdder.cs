using System.Globalization;
using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Storage;

namespace MailAdmin.TestServices.Storage;

/// <summary>
/// Adds messages to a queue one by one and writes a line for each that is acknowledged, at once, so that a trace of
/// system calls shows what came before it.
/// </summary>
internal static class AcknowledgingAdder
{
    public static async Task RunAsync(string path, int count)
    {
        await using var store = await MailStores.OpenAsync(
            new StoreLocation(path, StoreAccess.Owner), TimeProvider.System, CancellationToken.None);
        await using var output = Console.OpenStandardOutput();
        for (var i = 0; i < count; i++)
        {
            await store.Queue.AddAsync([Item()], CancellationToken.None);
            await output.WriteAsync(Encoding.ASCII.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"acknowledged {i}\n")));
        }
    }

    private static NewQueueItem Item() => new()
    {
        Envelope = new Envelope(EmailAddress.Parse("sender@example.com"), [EmailAddress.Parse("anna@example.com")]),
        WriteContentAsync = (stream, token) => stream.WriteAsync("Subject: x\r\n\r\nx\r\n"u8.ToArray(), token).AsTask(),
        Destination = "mail.example.com:25",
        Route = "{}",
    };
}
