using System.Text;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Mime.Eml;

/// <summary>
/// Finds the parts of a message from its lines (RFC 2046 §5.1):
/// <code>
/// multipart = filler *( boundary-line header body ) boundary-line filler
/// </code>
/// The pieces follow each other without gaps from the beginning of the body to the end of the message.
/// </summary>
internal sealed class MimeStructure : ILineSink
{
    private const int MaxDepth = 50;
    private const int MaxPieces = 30_000;
    private const int MaxPartHeader = 64 * 1024;
    private const int BoundaryInterest = 256;

    private readonly List<MimePiece> _pieces = [];
    private readonly List<byte[]> _boundaries = [];
    private readonly bool _opensMessages;
    private HeaderParser? _header;
    private MimeEntity? _entity;
    private MimePieceKind _kind;
    private int _depth;
    private long _start;
    private long _startLine;
    private long _contentEnd;
    private long _end;
    private LineFaults _faults;

    /// <param name="message">The message as a whole.</param>
    /// <param name="bodyStart">Where its body begins.</param>
    /// <param name="line">The number of the body's first line.</param>
    /// <param name="opensMessages">False to leave messages that are attached in one piece.</param>
    public MimeStructure(MimeEntity message, long bodyStart, long line, bool opensMessages = true)
    {
        Message = message;
        _opensMessages = opensMessages;
        _end = _contentEnd = bodyStart;
        Open(message, bodyStart, line);
    }

    public MimeEntity Message { get; }

    public IReadOnlyList<MimePiece> Pieces => _pieces;

    public int Interest => _header is null ? BoundaryInterest : MaxPartHeader;

    /// <exception cref="MessageException">MessageTooComplex.</exception>
    public void Take(in MessageLine line)
    {
        var delimiter = FindDelimiter(line.Text, line.Length, out var closes);
        if (delimiter >= 0)
        {
            TakeDelimiter(line, delimiter, closes);
        }
        else if (_header is not null)
        {
            TakeHeaderLine(line);
        }
        else
        {
            _faults |= line.Faults;
        }

        _contentEnd = line.Start + line.Length;
        _end = line.Next;
    }

    /// <summary>Says that no more lines come.</summary>
    public void Complete()
    {
        _header?.Complete();
        ClosePiece(_end);
    }

    private static MessageException TooComplex(long line) =>
        new(
            "MessageTooComplex",
            MailErrorKind.Limit,
            $"The message has too many parts, or a part with too large a header, at line {line}.",
            "Send the message as an attachment, or in a simpler form.");

    private int FindDelimiter(ReadOnlySpan<byte> text, long length, out bool closes)
    {
        closes = false;
        if (_boundaries.Count == 0 || length != text.Length || !text.StartsWith("--"u8))
        {
            return -1;
        }

        var boundary = text[2..].TrimEnd(" \t"u8);
        for (var i = _boundaries.Count - 1; i >= 0; i--)
        {
            if (boundary.StartsWith(_boundaries[i]))
            {
                var rest = boundary[_boundaries[i].Length..];
                closes = rest.SequenceEqual("--"u8);
                if (closes || rest.IsEmpty)
                {
                    return i;
                }
            }
        }

        return -1;
    }

    private void TakeDelimiter(in MessageLine line, int delimiter, bool closes)
    {
        _header?.Complete();
        ClosePiece(Math.Max(_start, _contentEnd));
        _pieces.Add(new MimePiece(MimePieceKind.Boundary, null, _start, line.Next, line.Number, line.Faults));
        var open = closes ? delimiter : delimiter + 1;
        _boundaries.RemoveRange(open, _boundaries.Count - open);
        _depth = open;
        if (closes)
        {
            Begin(MimePieceKind.Filler, null, line.Next, line.Number + 1);
        }
        else
        {
            BeginHeader(line.Next, line.Number + 1);
        }
    }

    private void TakeHeaderLine(in MessageLine line)
    {
        if (line.Text.Length != line.Length)
        {
            throw TooComplex(line.Number);
        }

        var header = _header!;
        header.Feed(line.Text);
        header.Feed("\r\n"u8);
        _faults |= line.Faults;
        if (header.MalformedLine > 0)
        {
            ClosePiece(line.Start);
            Open(new MimeEntity(header.Fields), line.Start, line.Number);
            _faults |= line.Faults;
        }
        else if (header.IsComplete)
        {
            ClosePiece(line.Next);
            Open(new MimeEntity(header.Fields), line.Next, line.Number + 1);
        }
    }

    /// <summary>Begins what follows the header of an entity.</summary>
    private void Open(MimeEntity entity, long start, long line)
    {
        var holdsMessage = entity.HoldsMessage && _opensMessages;
        if ((entity.Boundary is not null || holdsMessage) && ++_depth > MaxDepth)
        {
            throw TooComplex(line);
        }

        if (entity.Boundary is { } boundary)
        {
            _boundaries.Add(Encoding.UTF8.GetBytes(boundary));
            Begin(MimePieceKind.Filler, null, start, line);
        }
        else if (holdsMessage)
        {
            BeginHeader(start, line);
        }
        else
        {
            Begin(MimePieceKind.Body, entity, start, line);
        }
    }

    private void BeginHeader(long start, long line)
    {
        Begin(MimePieceKind.Header, null, start, line);
        _header = new HeaderParser(MaxPartHeader);
    }

    private void Begin(MimePieceKind kind, MimeEntity? entity, long start, long line)
    {
        _kind = kind;
        _entity = entity;
        _start = start;
        _startLine = line;
        _faults = LineFaults.None;
    }

    /// <summary>Ends the present piece; the next one begins there.</summary>
    private void ClosePiece(long end)
    {
        if (_pieces.Count >= MaxPieces)
        {
            throw TooComplex(_startLine);
        }

        if (end > _start)
        {
            var entity = _header is null ? _entity : new MimeEntity(_header.Fields);
            _pieces.Add(new MimePiece(_kind, entity, _start, end, _startLine, _faults));
        }

        _header = null;
        _start = end;
    }
}
