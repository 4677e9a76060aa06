using System.Diagnostics;
using MailAdmin.Addressing;
using MailAdmin.Benchmarks.Wire;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.Transports;

namespace MailAdmin.Benchmarks.Memory;

/// <summary>How much the process grows while it sends one file of 100 MB; the target is 30 MB at the most.</summary>
internal static class LargeAttachmentMemory
{
    private const int FileOctets = 100_000_000;
    private const double Mega = 1_000_000;

    private static readonly EmailAddress From = EmailAddress.Parse("reports@example.com");
    private static readonly EmailAddress To = EmailAddress.Parse("archive@example.net");

    public static async Task<int> RunAsync()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await WriteRandomFileAsync(path);
            await using var sink = await SmtpSink.StartAsync();
            await SendAsync(sink.Port, AttachmentSource.FromMemory(new byte[1000], "warm-up.bin"));
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);

            var idle = Environment.WorkingSet;
            using var peak = new PeakWorkingSet();
            var clock = Stopwatch.StartNew();
            await SendAsync(sink.Port, AttachmentSource.FromFile(path, "archive.bin"));
            var growth = (peak.Stop() - idle) / Mega;

            Console.WriteLine(
                $"idle {idle / Mega:N1} MB, growth while sending {FileOctets / Mega:N0} MB: {growth:N1} MB, " +
                $"in {clock.Elapsed.TotalSeconds:N2} s");
            return growth <= 30 ? 0 : 1;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task SendAsync(int port, AttachmentSource attachment)
    {
        await using var transport = new SmtpTransport(
            new SmtpRoute { Host = "127.0.0.1", Port = port }, new TcpDialer());
        var message = new MessageBuilder().Build(new MessageDraft
        {
            From = From,
            To = [To],
            Subject = "Archive",
            TextBody = "The archive is attached.",
            Attachments = [attachment],
        });
        var report = await transport.SendAsync(
            new OutgoingMessage(message, message.ToEnvelope()), null, CancellationToken.None);
        if (report.Status != DeliveryStatus.Sent)
        {
            throw new InvalidOperationException($"The sink did not take the message: {report.Status}", report.Error);
        }
    }

    private static async Task WriteRandomFileAsync(string path)
    {
        var random = new Random(1);
        var chunk = new byte[1_000_000];
        await using var file = File.Create(path);
        for (var written = 0; written < FileOctets; written += chunk.Length)
        {
            random.NextBytes(chunk);
            await file.WriteAsync(chunk);
        }
    }
}
