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
        var received = ReceivedJson.Of(message, Value(headers, "Subject"), Value(headers, "Message-ID")?.Trim('<', '>'));
        if (asJson)
        {
            JsonOutput.Write(host.Output, received);
            return;
        }

        var time = TimeZoneInfo.ConvertTime(message.ReceivedAt, host.Time.LocalTimeZone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var from = received.From is null ? "<>" : received.From;
        host.Output.WriteLine(Plain.Line(
            $"{time}  {from} -> {string.Join(", ", received.Recipients)}  {ByteCount.Show(received.Size)}  {received.Subject}{(received.Path is null ? "" : $"  {received.Path}")}"));
        host.Output.Flush();
    }

    private static string? Value(IReadOnlyList<MessageHeader> headers, string name) =>
        headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;
}
