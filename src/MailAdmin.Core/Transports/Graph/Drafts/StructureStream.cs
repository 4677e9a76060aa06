using MailAdmin.Mime.Eml;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Transports.Graph.Drafts;

/// <summary>Finds the parts of a message that is written here, and keeps nothing of them.</summary>
internal sealed class StructureStream : WriteOnlyStream
{
    private readonly HeaderParser _header = new();
    private MimeStructure? _structure;
    private LineSplitter? _lines;

    /// <summary>Ends the message; returns its pieces, attached messages in one piece each.</summary>
    public IReadOnlyList<MimePiece> Complete()
    {
        _header.Complete();
        Begin();
        _lines!.Complete();
        _structure!.Complete();
        return _structure.Pieces;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var octets = buffer.Span;
        if (!_header.IsComplete)
        {
            octets = octets[_header.Feed(octets)..];
        }

        if (!octets.IsEmpty)
        {
            Begin();
            _lines!.Feed(octets);
        }

        return ValueTask.CompletedTask;
    }

    private void Begin()
    {
        if (_structure is null)
        {
            _structure = new MimeStructure(
                new MimeEntity(_header.Fields), _header.Length, _header.Line, opensMessages: false);
            _lines = new LineSplitter(_structure, _header.Length, _header.Line);
        }
    }
}
