using MailAdmin.Mime.Headers;

namespace MailAdmin.Mime.Eml;

/// <summary>
/// Surveys a whole message, without any I/O and however its octets come: its header fields, and its body's lines.
/// </summary>
internal sealed class EmlScanner
{
    private LineSplitter? _splitter;
    private int _byteOrderMark;

    public HeaderParser Header { get; } = new();

    public BodySurvey Body { get; } = new();

    /// <summary>The octets so far.</summary>
    public long Length { get; private set; }

    /// <summary>Where the body begins.</summary>
    public long BodyStart => ByteOrderMarkLength + Header.Length;

    /// <summary>3 when an editor put a byte order mark in front, else 0.</summary>
    public int ByteOrderMarkLength => _byteOrderMark == ByteOrderMark.Length ? _byteOrderMark : 0;

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <exception cref="MessageException">The header section is too large.</exception>
    public void Feed(ReadOnlySpan<byte> octets)
    {
        while (Length < ByteOrderMark.Length && !octets.IsEmpty && _byteOrderMark == Length &&
            octets[0] == ByteOrderMark[_byteOrderMark])
        {
            _byteOrderMark++;
            Length++;
            octets = octets[1..];
        }

        if (octets.IsEmpty)
        {
            return;
        }

        FeedPartOfMark();
        Length += octets.Length;
        FeedMessage(octets);
    }

    public void Complete()
    {
        FeedPartOfMark();
        Header.Complete();
        _splitter?.Complete();
    }

    /// <summary>What began like a byte order mark and was none belongs to the header.</summary>
    private void FeedPartOfMark()
    {
        if (_byteOrderMark < ByteOrderMark.Length && _byteOrderMark > 0)
        {
            var part = ByteOrderMark[.._byteOrderMark];
            _byteOrderMark = 0;
            FeedMessage(part);
        }
    }

    private void FeedMessage(ReadOnlySpan<byte> octets)
    {
        if (!Header.IsComplete)
        {
            octets = octets[Header.Feed(octets)..];
        }

        if (Header.IsComplete && !octets.IsEmpty)
        {
            _splitter ??= new LineSplitter(Body, BodyStart, Header.Line);
            _splitter.Feed(octets);
        }
    }
}
