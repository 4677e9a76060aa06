using MailAdmin.Mime.Composing;

namespace MailAdmin.Mime.Encodings;

/// <summary>Turns CRLF, LF and CR into CRLF, however the octets come.</summary>
internal struct LineEndNormaliser
{
    private bool _afterCr;
    private bool _inLine;

    /// <summary>Appends the normalised octets; at most twice as many as there are.</summary>
    public void Feed(ReadOnlySpan<byte> source, WireBuffer destination)
    {
        if (_afterCr && !source.IsEmpty)
        {
            _afterCr = false;
            source = source[(source[0] == '\n' ? 1 : 0)..];
        }

        while (!source.IsEmpty)
        {
            var end = source.IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0)
            {
                destination.Append(source);
                _inLine = true;
                return;
            }

            destination.Append(source[..end]);
            destination.AppendLine();
            _inLine = false;
            var isCr = source[end] == '\r';
            source = source[(end + 1)..];
            if (isCr)
            {
                _afterCr = source.IsEmpty;
                source = source[(!source.IsEmpty && source[0] == '\n' ? 1 : 0)..];
            }
        }
    }

    /// <summary>Ends the last line, if it is not ended.</summary>
    public void FinishLine(WireBuffer destination)
    {
        if (_inLine)
        {
            destination.AppendLine();
            _inLine = false;
        }
    }
}
