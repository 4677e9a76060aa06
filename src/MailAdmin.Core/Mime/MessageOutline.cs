using System.Text;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Mime;

/// <summary>
/// What a message or one of its parts consists of (RFC 2046 §5.1): its headers and the outlines of its parts. Content
/// is not decoded. Parts are read 16 levels deep; what lies deeper counts as content.
/// </summary>
public sealed class MessageOutline
{
    private const int MaxDepth = 16;

    private readonly ContentField _type;
    private readonly ContentField? _disposition;

    private MessageOutline(IReadOnlyList<HeaderField> fields, ReadOnlyMemory<byte> body, int depth)
    {
        Headers = [.. fields.Select(field => new MessageHeader(field.Name, field.Value))];
        _type = ContentField.Parse(fields.FirstOrDefault(field => field.Is("Content-Type"))?.Text ?? "text/plain");
        _disposition = fields.FirstOrDefault(field => field.Is("Content-Disposition"))?.ToContentField();
        Size = body.Length;
        var hasParts = depth < MaxDepth && ContentType.StartsWith("multipart/", StringComparison.Ordinal);
        Parts = hasParts && _type["boundary"] is { } boundary
            ? [.. Split(body, boundary).Select(part => Read(part, depth + 1))]
            : [];
    }

    /// <summary>All header fields in their order: unfolded, encoded words decoded.</summary>
    public IReadOnlyList<MessageHeader> Headers { get; }

    /// <summary>The media type in lower case, such as <c>text/plain</c>, the default (RFC 2045 §5.2).</summary>
    public string ContentType => _type.Value;

    /// <summary>The name that a reader sees; null when there is none.</summary>
    public string? FileName => _disposition?["filename"] ?? _type["name"];

    /// <summary>Octets of the body as it travels, without the headers.</summary>
    public long Size { get; }

    /// <summary>The parts of a multipart; else empty.</summary>
    public IReadOnlyList<MessageOutline> Parts { get; }

    /// <summary>The first header field of that name; null when there is none.</summary>
    public string? this[string name] =>
        Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>Reads a message. What is malformed is passed over, as mail programs do.</summary>
    /// <exception cref="MessageException">The header section is larger than 1 MiB.</exception>
    public static MessageOutline Read(ReadOnlyMemory<byte> message) => Read(message, depth: 0);

    /// <summary>Reads the headers of a message, and of the body only what came along with them.</summary>
    /// <param name="message">The message; it is not read to its end.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="MessageException">The header section is larger than 1 MiB.</exception>
    public static async Task<IReadOnlyList<MessageHeader>> ReadHeadersAsync(
        Stream message, CancellationToken cancellationToken)
    {
        var parser = new HeaderParser();
        var buffer = new byte[8192];
        while (!parser.IsComplete &&
            await message.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            parser.Feed(buffer.AsSpan(0, count));
        }

        parser.Complete();
        return [.. parser.Fields.Select(field => new MessageHeader(field.Name, field.Value))];
    }

    private static MessageOutline Read(ReadOnlyMemory<byte> content, int depth)
    {
        var parser = new HeaderParser();
        parser.Feed(content.Span);
        parser.Complete();
        return new MessageOutline(parser.Fields, content[parser.Length..], depth);
    }

    private static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> body, string boundary)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        var delimiter = Encoding.UTF8.GetBytes($"--{boundary}");
        var start = -1;
        var next = 0;
        for (var at = 0; at < body.Length; at = next)
        {
            var rest = body.Span[at..];
            var end = rest.IndexOf((byte)'\n');
            next = end < 0 ? body.Length : at + end + 1;
            var line = body.Span[at..next].TrimEnd(" \t\r\n"u8);
            if (!line.StartsWith(delimiter) || !(line[delimiter.Length..] is [] or [(byte)'-', (byte)'-']))
            {
                continue;
            }

            if (start >= 0)
            {
                // The line end before a delimiter belongs to the delimiter.
                parts.Add(body[start..Math.Max(start, at - LineEndBefore(body.Span[..at]))]);
            }

            if (line.Length > delimiter.Length)
            {
                return parts;
            }

            start = next;
        }

        if (start >= 0)
        {
            parts.Add(body[start..]);
        }

        return parts;
    }

    private static int LineEndBefore(ReadOnlySpan<byte> octets) =>
        octets.EndsWith("\r\n"u8) ? 2 : octets.EndsWith("\n"u8) ? 1 : 0;
}
