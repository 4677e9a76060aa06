using MailAdmin.Mime.Composing;

namespace MailAdmin.Mime.Dkim;

/// <summary>
/// The relaxed form of a body (RFC 6376 §3.4.4) as a state machine: runs of white space become one space, white space
/// at the ends of lines and empty lines at the end vanish, a body that is not empty ends in CRLF. Lines end in CRLF.
/// </summary>
internal struct RelaxedBody
{
    /// <summary>Line ends that count only if something follows.</summary>
    private long _lineEnds;
    private bool _white;
    private bool _hasContent;

    public void Feed(ReadOnlySpan<byte> source, WireBuffer destination)
    {
        while (!source.IsEmpty)
        {
            var white = source.IndexOfAny((byte)' ', (byte)'\t');
            if (white != 0)
            {
                FeedLines(white < 0 ? source : source[..white], destination);
                source = white < 0 ? default : source[white..];
            }

            var next = source.IndexOfAnyExcept((byte)' ', (byte)'\t');
            _white |= !source.IsEmpty;
            source = next < 0 ? default : source[next..];
        }
    }

    public void Finish(WireBuffer destination)
    {
        if (_hasContent)
        {
            destination.AppendLine();
        }

        this = default;
    }

    /// <summary>
    /// Takes lines without white space, as all of base64 is: only the line ends around them need care.
    /// </summary>
    private void FeedLines(ReadOnlySpan<byte> source, WireBuffer destination)
    {
        var start = source.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        var ends = (start < 0 ? source : source[..start]).Count((byte)'\n');
        _lineEnds += ends;
        _white &= ends == 0;
        if (start < 0)
        {
            return;
        }

        FlushHeld(destination);
        var end = source.LastIndexOfAnyExcept((byte)'\r', (byte)'\n') + 1;
        destination.Append(source[start..end]);
        _lineEnds += source[end..].Count((byte)'\n');
    }

    private void FlushHeld(WireBuffer destination)
    {
        for (; _lineEnds > 0; _lineEnds--)
        {
            destination.AppendLine();
        }

        if (_white)
        {
            destination.Append((byte)' ');
            _white = false;
        }

        _hasContent = true;
    }
}
