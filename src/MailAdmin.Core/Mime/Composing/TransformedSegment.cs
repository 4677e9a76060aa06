using System.Buffers;
using MailAdmin.Mime.Encodings;

namespace MailAdmin.Mime.Composing;

/// <summary>A stretch of a file that goes through a transform while it is written.</summary>
internal sealed class TransformedSegment : Segment
{
    private const int PieceLength = 64 * 1024;

    private readonly ContentRange _range;
    private readonly Func<OctetTransform> _transform;

    public TransformedSegment(ContentRange range, Func<OctetTransform> transform, long length)
    {
        _range = range;
        _transform = transform;
        Length = length;
    }

    public override long Length { get; }

    /// <summary>Makes a segment whose length only transforming can tell.</summary>
    public static async ValueTask<TransformedSegment> MeasureAsync(
        ContentRange range, Func<OctetTransform> transform, CancellationToken cancellationToken)
    {
        var unknown = new TransformedSegment(range, transform, 0);
        var length = await unknown.RunAsync(null, long.MaxValue, cancellationToken).ConfigureAwait(false);
        return new TransformedSegment(range, transform, length);
    }

    public override async ValueTask WriteToAsync(Stream destination, CancellationToken cancellationToken)
    {
        if (await RunAsync(destination, Length, cancellationToken).ConfigureAwait(false) != Length)
        {
            throw Changed();
        }
    }

    private async ValueTask<long> RunAsync(Stream? destination, long limit, CancellationToken cancellationToken)
    {
        var transform = _transform();
        using var output = new WireBuffer(PieceLength);
        var buffer = ArrayPool<byte>.Shared.Rent(PieceLength);
        try
        {
            long total = 0;
            var ended = false;
            for (var offset = _range.Start; !ended;)
            {
                var wanted = (int)Math.Min(PieceLength, _range.End - offset);
                var read = await _range.Content.FillAsync(buffer.AsMemory(0, wanted), offset, cancellationToken)
                    .ConfigureAwait(false);
                offset += read;
                ended = read == 0;
                if (ended && offset != _range.End)
                {
                    throw Changed();
                }

                transform.Feed(buffer.AsSpan(0, read), output);
                if (ended)
                {
                    transform.Finish(output);
                }

                total += output.Length;
                if (total > limit)
                {
                    throw Changed();
                }

                if (destination is not null && output.Length > 0)
                {
                    await destination.WriteAsync(output.WrittenMemory, cancellationToken).ConfigureAwait(false);
                }

                output.Truncate(0);
            }

            return total;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private MessageException Changed() =>
        new(
            "MessageFileChanged",
            MailErrorKind.InvalidInput,
            $"The content of '{_range.Name}' changed while it was being sent.",
            "Send a copy of the file, or wait until the program that writes it is done.");
}
