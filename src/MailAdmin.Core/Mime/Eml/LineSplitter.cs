using System.Buffers;
using System.Text;
using System.Text.Unicode;
using MailAdmin.Mime.Composing;

namespace MailAdmin.Mime.Eml;

/// <summary>
/// Splits octets, however they come, into lines that end in CRLF, LF or CR. Only the beginning of a line is kept when
/// it comes in pieces, so that lines may be of any length.
/// </summary>
internal sealed class LineSplitter(ILineSink sink, long start, long number)
{
    private readonly ArrayBufferWriter<byte> _kept = new();
    private long _start = start;
    private long _number = number;
    private long _length;
    private LineFaults _faults;
    private bool _afterCr;

    public void Feed(ReadOnlySpan<byte> octets)
    {
        if (_afterCr && !octets.IsEmpty)
        {
            var end = octets[0] == '\n' ? LineEnd.CrLf : LineEnd.Cr;
            EndLine(_kept.WrittenSpan, end);
            octets = octets[(end == LineEnd.CrLf ? 1 : 0)..];
        }

        while (!octets.IsEmpty)
        {
            var end = octets.IndexOfAny((byte)'\r', (byte)'\n');
            var piece = end < 0 ? octets : octets[..end];
            _length += piece.Length;
            _faults |= FaultsOf(piece);
            if (end < 0 || (octets[end] == '\r' && end + 1 == octets.Length))
            {
                Keep(piece);
                _afterCr = end >= 0;
                return;
            }

            var kind = octets[end] == '\n' ? LineEnd.Lf : octets[end + 1] == '\n' ? LineEnd.CrLf : LineEnd.Cr;
            if (_kept.WrittenCount == 0)
            {
                EndLine(piece, kind);
            }
            else
            {
                Keep(piece);
                EndLine(_kept.WrittenSpan, kind);
            }

            octets = octets[(end + (kind == LineEnd.CrLf ? 2 : 1))..];
        }
    }

    /// <summary>Says that no more octets come; a last line without an end is a line all the same.</summary>
    public void Complete()
    {
        if (_afterCr || _length > 0)
        {
            EndLine(_kept.WrittenSpan, _afterCr ? LineEnd.Cr : LineEnd.None);
        }
    }

    private static LineFaults FaultsOf(ReadOnlySpan<byte> piece)
    {
        var faults = piece.Contains((byte)0) ? LineFaults.Nul : LineFaults.None;
        return Ascii.IsValid(piece) ? faults : faults | LineFaults.EightBit;
    }

    private void Keep(ReadOnlySpan<byte> piece)
    {
        var wanted = Math.Min(piece.Length, sink.Interest - _kept.WrittenCount);
        if (wanted > 0)
        {
            _kept.Write(piece[..wanted]);
        }
    }

    private void EndLine(ReadOnlySpan<byte> text, LineEnd end)
    {
        var faults = _faults;
        if (_length > TextTraits.MaxLine)
        {
            faults |= LineFaults.TooLong;
        }

        if (faults.HasFlag(LineFaults.EightBit) && text.Length == _length && !Utf8.IsValid(text))
        {
            faults |= LineFaults.NotUtf8;
        }

        var line = new MessageLine
        {
            Text = text, Length = _length, Start = _start, Number = _number, End = end, Faults = faults,
        };
        sink.Take(line);
        _start = line.Next;
        _number++;
        _length = 0;
        _faults = LineFaults.None;
        _afterCr = false;
        _kept.ResetWrittenCount();
    }
}
