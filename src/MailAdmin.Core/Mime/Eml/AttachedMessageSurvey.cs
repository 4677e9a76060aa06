using MailAdmin.Mime.Headers;

namespace MailAdmin.Mime.Eml;

/// <summary>Finds out whether a file can be attached as a message: it must be one, and go out as it is.</summary>
internal sealed class AttachedMessageSurvey
{
    private readonly HeaderParser _header = new();
    private readonly BodySurvey _lines = new();
    private readonly LineSplitter _splitter;

    public AttachedMessageSurvey() => _splitter = new LineSplitter(_lines, 0, 1);

    /// <summary>The octets once all lines end in CRLF; a last line without an end stays without.</summary>
    public long Length => _lines.Length - (_lines.IsLastLineOpen ? 2 : 0);

    public bool IsEightBit => _lines.FirstEightBit > 0;

    public void Feed(ReadOnlySpan<byte> octets)
    {
        _header.Feed(octets);
        _splitter.Feed(octets);
    }

    public void Complete()
    {
        _header.Complete();
        _splitter.Complete();
    }

    /// <summary>
    /// True when the message, its header in ASCII (else it would be message/global, RFC 6532 §3.7), can go out as it
    /// is.
    /// </summary>
    public bool IsUsable(WireFormat format) =>
        _header is { Fields.Count: > 0, MalformedLine: 0, MboxLineLength: 0 } &&
        _lines is { FirstNul: 0, FirstTooLong: 0 } &&
        (format.EightBit || !IsEightBit) &&
        (!IsEightBit || _lines.FirstEightBit >= _header.Line);
}
