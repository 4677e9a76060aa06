namespace MailAdmin.Server;

/// <summary>
/// The text behind DATA (RFC 5321 §4.1.1.4, §4.5.2): takes the stuffed dots away and finds the end.
/// <code>
/// end = CRLF "." CRLF        the first CRLF may be the one of the DATA command
/// </code>
/// Nothing else ends a message, as servers that take <c>LF.LF</c>, <c>LF.CRLF</c> or <c>CR.CR</c> for the end let a
/// sender smuggle a second message through another server. Bare CR and LF stay in the content, and are reported.
/// </summary>
internal sealed class DataContentReader
{
    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';
    private const byte Dot = (byte)'.';

    private State _state;

    private enum State
    {
        LineStart,
        Text,
        Cr,
        Dot,
        DotCr,
        End,
    }

    /// <summary>True when a CR or an LF stood alone in what was read.</summary>
    public bool HasBareNewline { get; private set; }

    public bool IsComplete => _state == State.End;

    public void Reset()
    {
        _state = State.LineStart;
        HasBareNewline = false;
    }

    /// <summary>Reads up to the end of the content; returns how many octets it took.</summary>
    /// <param name="input">What arrived.</param>
    /// <param name="content">Receives the content; null to drop it.</param>
    public int Read(ReadOnlySpan<byte> input, PooledBuffer? content)
    {
        var position = 0;
        while (position < input.Length && _state != State.End)
        {
            position += _state switch
            {
                State.LineStart => ReadLineStart(input[position]),
                State.Dot => ReadAfterDot(input[position]),
                State.DotCr => ReadAfterDotCr(input[position], content),
                State.Cr => ReadAfterCr(input[position], content),
                _ => ReadText(input[position..], content),
            };
        }

        return position;
    }

    private int ReadLineStart(byte octet)
    {
        _state = octet == Dot ? State.Dot : State.Text;
        return octet == Dot ? 1 : 0;
    }

    private int ReadAfterDot(byte octet)
    {
        _state = octet == Cr ? State.DotCr : State.Text;
        return octet == Cr ? 1 : 0;
    }

    private int ReadAfterDotCr(byte octet, PooledBuffer? content)
    {
        if (octet == Lf)
        {
            _state = State.End;
            return 1;
        }

        content?.Append(Cr);
        HasBareNewline = true;
        _state = State.Text;
        return 0;
    }

    private int ReadAfterCr(byte octet, PooledBuffer? content)
    {
        if (octet != Lf)
        {
            HasBareNewline = true;
            _state = State.Text;
            return 0;
        }

        content?.Append(Lf);
        _state = State.LineStart;
        return 1;
    }

    /// <summary>Copies a run of lines at once; it ends where a line begins with a dot.</summary>
    private int ReadText(ReadOnlySpan<byte> input, PooledBuffer? content)
    {
        var length = 0;
        while (true)
        {
            var found = input[length..].IndexOfAny(Cr, Lf);
            if (found < 0)
            {
                length = input.Length;
                break;
            }

            length += found + 1;
            if (input[length - 1] == Lf)
            {
                HasBareNewline = true;
            }
            else if (length == input.Length)
            {
                _state = State.Cr;
                break;
            }
            else if (input[length] != Lf)
            {
                HasBareNewline = true;
            }
            else if (++length == input.Length || input[length] == Dot)
            {
                _state = State.LineStart;
                break;
            }
        }

        content?.Append(input[..length]);
        return length;
    }
}
