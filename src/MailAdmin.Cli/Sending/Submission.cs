using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Mime;

namespace MailAdmin.Cli.Sending;

/// <summary>
/// A message as programs hand it to sendmail: it may lack From, Date and Message-ID, which are added here as a
/// submission server would (RFC 6409 §8), and even the whole header; and a line with a single dot may end it.
/// </summary>
internal sealed class Submission(Stream input, bool endsAtLoneDot, Mailbox from, TimeProvider time)
{
    private static readonly string[] Needed = ["From", "Date", "Message-ID"];

    /// <summary>The complete message.</summary>
    public async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        await input.CopyToAsync(whole, cancellationToken);
        var content = whole.GetBuffer().AsMemory(0, (int)whole.Length);
        var message = WithoutMboxLine(endsAtLoneDot ? LoneDot.Cut(content) : content);
        var present = MessageOutline.Read(message).Headers;
        var added = await MissingAsync(present, cancellationToken);
        if (present.Count == 0)
        {
            added += "\r\n";
        }

        return new MemoryStream([.. Encoding.ASCII.GetBytes(added), .. message.Span], writable: false);
    }

    // Nothing may stand before such a line, and it is no part of the message.
    private static ReadOnlyMemory<byte> WithoutMboxLine(ReadOnlyMemory<byte> message) =>
        message.Span.StartsWith("From "u8) ? message[(message.Span.IndexOf((byte)'\n') + 1)..] : message;

    /// <summary>The fields that are missing, written as for a message that is composed.</summary>
    private async Task<string> MissingAsync(IReadOnlyList<MessageHeader> present, CancellationToken cancellationToken)
    {
        var missing = Needed.Except(present.Select(header => header.Name), StringComparer.OrdinalIgnoreCase).ToHashSet();
        if (missing.Count == 0)
        {
            return "";
        }

        var template = new MessageBuilder(time).Build(new MessageDraft { From = from });
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
