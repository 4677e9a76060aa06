using System.Globalization;
using MailAdmin.Cli.Output;
using MailAdmin.Cli.Parsing;
using MailAdmin.Mime;
using MailAdmin.Server;

namespace MailAdmin.Cli.Sinking;

/// <summary>One line for each message that arrived.</summary>
internal sealed class SinkOutput(CliHost host, bool asJson)
{
    public async Task WriteAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        await using var content = message.OpenRead();
        var headers = await MessageOutline.ReadHeadersAsync(content, cancellationToken);
        var id = Value(headers, "Message-ID")?.Trim('<', '>');
        var received = ReceivedJson.Of(message, Value(headers, "Subject"), id);
        if (asJson)
        {
            JsonOutput.Write(host.Output, received);
            return;
        }

        var time = TimeZoneInfo.ConvertTime(message.ReceivedAt, host.Time.LocalTimeZone);
        var from = received.From ?? "<>";
        string[] line =
        [
            time.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            $"{from} -> {string.Join(", ", received.Recipients)}",
            ByteCount.Show(received.Size),
            received.Subject ?? "(no subject)",
            received.Path ?? "",
        ];
        host.Output.WriteLine(Plain.Line(string.Join("  ", line)).TrimEnd());
        host.Output.Flush();
    }

    private static string? Value(IReadOnlyList<MessageHeader> headers, string name) =>
        headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;
}
