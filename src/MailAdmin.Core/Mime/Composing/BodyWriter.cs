namespace MailAdmin.Mime.Composing;

/// <summary>
/// Writes the entity below the message's own headers (RFC 2046 §5.1, RFC 2387):
/// <code>
/// mixed( alternative( plain, related( html, inline… ) ), attachment… )
/// </code>
/// Levels with one child are left out. Inline content without HTML to show it becomes ordinary attachments.
/// </summary>
internal sealed class BodyWriter
{
    private readonly WireBuffer _buffer;
    private readonly RenderedText _text;
    private readonly List<AttachmentPart> _related = [];
    private readonly List<AttachmentPart> _attached = [];
    private readonly MessageSeed _seed;
    private readonly bool _isEightBit;
    private readonly bool _utf8;
    private readonly List<(int Place, Segment Segment)> _segments = [];
    private int _levels;

    public BodyWriter(
        WireBuffer buffer, RenderedText text, IReadOnlyList<AttachmentPart> parts, MessageSeed seed, bool utf8)
    {
        _buffer = buffer;
        _text = text;
        _utf8 = utf8;
        _seed = seed;
        _isEightBit = text.IsEightBit || parts.Any(p => p.Encoding == TransferEncoding.EightBit);
        foreach (var part in parts)
        {
            (part.ContentId is not null && text.HasHtml ? _related : _attached).Add(part);
        }

    }

    /// <summary>True when a part has octets over 127.</summary>
    public bool IsEightBit => _isEightBit;

    /// <summary>Where attachments go in the buffer.</summary>
    public IReadOnlyList<(int Place, Segment Segment)> Segments => _segments;

    /// <summary>Writes everything, with a line end behind the last line.</summary>
    public void Write()
    {
        if (_attached.Count == 0)
        {
            WriteAlternative();
        }
        else
        {
            var boundary = BeginMultipart("multipart/mixed"u8);
            NextPart(boundary);
            WriteAlternative();
            WriteAttachments(boundary, _attached, inline: false);
            EndMultipart(boundary);
        }

        if (!_buffer.Written.EndsWith("\r\n"u8))
        {
            _buffer.AppendLine();
        }
    }

    private void WriteAlternative()
    {
        if (_text is { HasPlain: true, HasHtml: true })
        {
            var boundary = BeginMultipart("multipart/alternative"u8);
            NextPart(boundary);
            _buffer.Append(_text.Plain);
            NextPart(boundary);
            WriteHtml();
            EndMultipart(boundary);
        }
        else if (_text.HasHtml)
        {
            WriteHtml();
        }
        else
        {
            _buffer.Append(_text.Plain);
        }
    }

    private void WriteHtml()
    {
        if (_related.Count == 0)
        {
            _buffer.Append(_text.Html);
            return;
        }

        var boundary = BeginMultipart("multipart/related; type=\"text/html\""u8, withStart: true);
        NextPart(boundary);
        _buffer.Append("Content-ID: <"u8);
        WriteStartId();
        _buffer.Append(">\r\n"u8);
        _buffer.Append(_text.Html);
        WriteAttachments(boundary, _related, inline: true);
        EndMultipart(boundary);
    }

    private void WriteAttachments(int boundary, List<AttachmentPart> parts, bool inline)
    {
        foreach (var part in parts)
        {
            NextPart(boundary);
            AttachmentHeaderWriter.Write(_buffer, part, inline, _utf8);
            _segments.Add((_buffer.Length, part.Segment));
        }
    }

    private int BeginMultipart(ReadOnlySpan<byte> contentType, bool withStart = false)
    {
        var boundary = ++_levels;
        _buffer.Append("Content-Type: "u8);
        _buffer.Append(contentType);
        if (withStart)
        {
            _buffer.Append(";\r\n start=\"<"u8);
            WriteStartId();
            _buffer.Append(">\""u8);
        }

        _buffer.Append(";\r\n boundary=\""u8);
        WriteBoundary(boundary);
        _buffer.Append("\"\r\n"u8);
        if (_isEightBit)
        {
            _buffer.Append(TransferEncoding.EightBit.HeaderLine());
        }

        return boundary;
    }

    private void NextPart(int boundary)
    {
        _buffer.Append("\r\n--"u8);
        WriteBoundary(boundary);
        _buffer.AppendLine();
    }

    private void EndMultipart(int boundary)
    {
        _buffer.Append("\r\n--"u8);
        WriteBoundary(boundary);
        _buffer.Append("--"u8);
    }

    private void WriteBoundary(int boundary)
    {
        _buffer.Advance(_seed.FormatBoundaryCore(_buffer.Reserve(MessageSeed.BoundaryCoreLength)));
        _buffer.Append((byte)'_');
        _buffer.Append((byte)('0' + boundary));
    }

    private void WriteStartId()
    {
        _buffer.Append("html."u8);
        _buffer.Advance(_seed.FormatBoundaryCore(_buffer.Reserve(MessageSeed.BoundaryCoreLength)));
        _buffer.Append("@mailadmin.invalid"u8);
    }
}
