using MailAdmin.Mime.Composing;

namespace MailAdmin.Mime.Dkim;

/// <summary>
/// The relaxed form of a body (RFC 6376 §3.4.4) as a state machine: runs of white space become one space, white space at
/// the ends of lines and empty lines at the end vanish, a body that is not empty ends in CRLF. Lines end in CRLF.
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
            var run = source.IndexOfAny(" \t\r\n"u8);
            if (run != 0)
            {
                var plain = run < 0 ? source : source[..run];
                FlushHeld(destination);
                destination.Append(plain);
                source = source[plain.Length..];
                continue;
            }

            if (source[0] == '\n')
            {
                _lineEnds++;
            }

            _white = source[0] is (byte)' ' or (byte)'\t';
            source = source[1..];
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
