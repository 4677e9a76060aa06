namespace MailAdmin.Cli.Sending;

/// <summary>
/// Without <c>-i</c>, sendmail ends a message from standard input at a line that holds a single dot. Octets come in
/// pieces of any size; what might be such a line is held back until it is known.
/// </summary>
internal sealed class LoneDot
{
    private State _state = State.LineStart;

    private enum State
    {
        LineStart,
        Dot,
        DotCr,
        WithinLine,
    }

    /// <summary>True once the line has come; nothing passes any more.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Passes on what belongs to the message.</summary>
    /// <param name="input">The next octets.</param>
    /// <param name="output">Room for two octets more than the input.</param>
    /// <returns>How many octets were written to the output.</returns>
    public int Pass(ReadOnlySpan<byte> input, Span<byte> output)
    {
        var written = 0;
        while (!input.IsEmpty && !HasEnded)
        {
            if (_state is State.WithinLine || (_state is State.LineStart && input[0] != '.'))
            {
                var end = input.IndexOf((byte)'\n');
                var length = end < 0 ? input.Length : end + 1;
                input[..length].CopyTo(output[written..]);
                written += length;
                input = input[length..];
                _state = end < 0 ? State.WithinLine : State.LineStart;
                continue;
            }

            written += PassHeld(input[0], output[written..]);
            input = input[1..];
        }

        return written;
    }

    private int PassHeld(byte next, Span<byte> output)
    {
        switch (_state, next)
        {
            case (State.LineStart, _):
                _state = State.Dot;
                return 0;
            case (_, (byte)'\n'):
                HasEnded = true;
                return 0;
            case (State.Dot, (byte)'\r'):
                _state = State.DotCr;
                return 0;
            default:
                ReadOnlySpan<byte> held = _state == State.Dot ? "."u8 : ".\r"u8;
                held.CopyTo(output);
                output[held.Length] = next;
                _state = State.WithinLine;
                return held.Length + 1;
        }
    }
}
