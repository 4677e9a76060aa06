using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Encodings;

namespace MailAdmin.Transports.Graph.Drafts;

/// <summary>
/// Takes a message as it is written and hands the bodies of some of its parts on, decoded. It holds no more of them
/// than it is given at once, so that a message of any size goes through little memory.
/// </summary>
/// <param name="parts">The parts, in the order in which they stand.</param>
/// <param name="take">Takes the next octets of a part.</param>
/// <param name="end">Told that a part has no more.</param>
internal sealed class PartsStream(
    IReadOnlyList<DraftPart> parts,
    Func<DraftPart, ReadOnlyMemory<byte>, CancellationToken, ValueTask> take,
    Func<DraftPart, CancellationToken, ValueTask> end) : WriteOnlyStream
{
    private readonly WireBuffer _decoded = new(64 * 1024);
    private OctetTransform? _decoder;
    private long _place;
    private int _next;
    private bool _isWithin;

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty && _next < parts.Count)
        {
            var part = parts[_next];
            if (!_isWithin)
            {
                var before = (int)Math.Min(Math.Max(0, part.Start - _place), buffer.Length);
                Skip(ref buffer, before);
                if (_place < part.Start || buffer.IsEmpty)
                {
                    return;
                }

                _isWithin = true;
                _decoder = part.Decoder();
            }

            var piece = buffer[..(int)Math.Min(part.End - _place, buffer.Length)];
            Skip(ref buffer, piece.Length);
            await DecodeAsync(part, piece, cancellationToken).ConfigureAwait(false);
            if (_place == part.End)
            {
                await EndAsync(part, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        _decoded.Dispose();
        base.Dispose(disposing);
    }

    private void Skip(ref ReadOnlyMemory<byte> buffer, int count)
    {
        buffer = buffer[count..];
        _place += count;
    }

    private async ValueTask DecodeAsync(DraftPart part, ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        if (_decoder is null)
        {
            await take(part, piece, cancellationToken).ConfigureAwait(false);
            return;
        }

        _decoder.Feed(piece.Span, _decoded);
        await HandOnAsync(part, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask EndAsync(DraftPart part, CancellationToken cancellationToken)
    {
        _decoder?.Finish(_decoded);
        await HandOnAsync(part, cancellationToken).ConfigureAwait(false);
        await end(part, cancellationToken).ConfigureAwait(false);
        _isWithin = false;
        _next++;
    }

    private async ValueTask HandOnAsync(DraftPart part, CancellationToken cancellationToken)
    {
        if (_decoded.Length > 0)
        {
            await take(part, _decoded.WrittenMemory, cancellationToken).ConfigureAwait(false);
            _decoded.Truncate(0);
        }
    }
}
