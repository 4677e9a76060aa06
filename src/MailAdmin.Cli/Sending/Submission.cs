using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Mime;

namespace MailAdmin.Cli.Sending;

/// <summary>
/// A message as programs hand it to sendmail: it may lack From, Date and Message-ID, which are added here as a
/// submission server would (RFC 6409 §8), and even the whole header; and a line with a single dot may end it.
/// </summary>
internal sealed class Submission(Stream input, bool endsAtLoneDot, Func<Mailbox> from, TimeProvider time)
{
    private static readonly string[] Needed = ["From", "Date", "Message-ID"];

    /// <summary>The complete message, to be read once.</summary>
    public async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        var message = new SubmissionStream(input, endsAtLoneDot ? new LoneDot() : null);
        var present = await MessageOutline.ReadHeadersAsync(message, cancellationToken);
        var added = await MissingAsync(present, cancellationToken) + (present.Count == 0 ? "\r\n" : "");
        message.Rewind(read => new([.. Encoding.ASCII.GetBytes(added), .. WithoutMboxLine(read).Span]));
        return message;
    }

    // Nothing may stand before such a line, and it is no part of the message.
    private static ReadOnlyMemory<byte> WithoutMboxLine(ReadOnlyMemory<byte> read) =>
        read.Span.StartsWith("From "u8) ? read[(read.Span.IndexOf((byte)'\n') + 1)..] : read;

    /// <summary>The fields that are missing, written as for a message that is composed.</summary>
    private async Task<string> MissingAsync(IReadOnlyList<MessageHeader> present, CancellationToken cancellationToken)
    {
        var missing = Needed.Except(present.Select(header => header.Name), StringComparer.OrdinalIgnoreCase)
            .ToHashSet();
        if (missing.Count == 0)
        {
            return "";
        }

        var template = new MessageBuilder(time).Build(new MessageDraft { From = from() });
        await using var prepared = await template.PrepareAsync(WireFormat.SevenBit, cancellationToken);
        using var octets = new MemoryStream();
        await prepared.WriteToAsync(octets, cancellationToken);
        var added = new StringBuilder();
        var wanted = false;
        var lines = Encoding.ASCII.GetString(octets.ToArray()).Split("\r\n");
        foreach (var line in lines.TakeWhile(line => line.Length > 0))
        {
            wanted = line is [' ' or '\t', ..] ? wanted : missing.Contains(line.Split(':')[0]);
            added.Append(wanted ? line + "\r\n" : "");
        }

        return added.ToString();
    }
}
