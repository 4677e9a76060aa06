using System.Buffers;
using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Mime.Encodings;

/// <summary>
/// Quoted-printable (RFC 2045 §6.7) as a state machine: lines of at most 76 octets, white space at the end of a line
/// encoded, and so are an <c>F</c> and a dot at the beginning, which stores and careless servers change
/// (<c>&gt;From </c>, dot-stuffing). The output does not depend on how the input is cut.
/// </summary>
internal struct QuotedPrintableEncoder
{
    private const int MaxColumn = 75;

    private static readonly SearchValues<byte> Literal = SearchValues.Create(
        [.. Enumerable.Range('!', '~' - '!' + 1).Where(c => c != '=').Select(c => (byte)c)]);

    private int _column;
    private byte _pendingWhite;
    private bool _pendingCr;

    /// <summary>Encodes the next octets. CRLF is a line break; CR or LF alone is data.</summary>
    public void Encode(ReadOnlySpan<byte> source, WireBuffer destination)
    {
        while (!source.IsEmpty)
        {
            var octet = source[0];
            if (_pendingCr)
            {
                _pendingCr = false;
                if (octet == '\n')
                {
                    FlushWhite(destination, atLineEnd: true);
                    destination.AppendLine();
                    _column = 0;
                    source = source[1..];
                    continue;
                }

                FlushWhite(destination, atLineEnd: false);
                Escape('\r', destination);
            }

            if (octet == '\r')
            {
                _pendingCr = true;
                source = source[1..];
                continue;
            }

            FlushWhite(destination, atLineEnd: false);
            source = source[Next(source, destination)..];
        }
    }

    /// <summary>Ends the content; returns whether the last line has no end.</summary>
    public bool Finish(WireBuffer destination)
    {
        FlushWhite(destination, atLineEnd: !_pendingCr);
        if (_pendingCr)
        {
            Escape('\r', destination);
        }

        var inLine = _column > 0;
        this = default;
        return inLine;
    }

    /// <summary>Takes one octet or a run of literal ones; returns how many.</summary>
    private int Next(ReadOnlySpan<byte> source, WireBuffer destination)
    {
        var octet = source[0];
        if (octet is (byte)' ' or (byte)'\t')
        {
            _pendingWhite = octet;
            return 1;
        }

        if (!Literal.Contains(octet))
        {
            Escape((char)octet, destination);
            return 1;
        }

        Break(1, destination);
        if (_column == 0 && octet is (byte)'F' or (byte)'.')
        {
            Escape((char)octet, destination);
            return 1;
        }

        var run = source[..Math.Min(source.Length, MaxColumn - _column)];
        var length = run.IndexOfAnyExcept(Literal);
        run = length < 0 ? run : run[..length];
        destination.Append(run);
        _column += run.Length;
        return run.Length;
    }

    private void FlushWhite(WireBuffer destination, bool atLineEnd)
    {
        if (_pendingWhite == 0)
        {
            return;
        }

        var white = _pendingWhite;
        _pendingWhite = 0;
        if (atLineEnd)
        {
            Escape((char)white, destination);
            return;
        }

        Break(1, destination);
        destination.Append(white);
        _column++;
    }

    private void Escape(char octet, WireBuffer destination)
    {
        Break(3, destination);
        HexDigits.Write(destination.Reserve(3), (byte)'=', (byte)octet);
        destination.Advance(3);
        _column += 3;
    }

    private void Break(int width, WireBuffer destination)
    {
        if (_column + width > MaxColumn)
        {
            destination.Append("=\r\n"u8);
            _column = 0;
        }
    }
}
