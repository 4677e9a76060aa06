using System.Buffers;
using MailAdmin.Mime.Attachments;
using MailAdmin.Mime.Encodings;

namespace MailAdmin.Mime.Composing;

/// <summary>An attachment in base64, read and encoded in large pieces while it is written.</summary>
internal sealed class Base64Segment(ContentReader content, string name) : Segment
{
    private const int LinesAtOnce = 1024;

    public override long Length => Base64Lines.EncodedLength(content.Length);

    public override async ValueTask WriteToAsync(Stream destination, CancellationToken cancellationToken)
    {
        var wire = ArrayPool<byte>.Shared.Rent(LinesAtOnce * Base64Lines.WireLine + 2);
        var source = ArrayPool<byte>.Shared.Rent(LinesAtOnce * Base64Lines.SourceLine);
        try
        {
            for (long offset = 0; ;)
            {
                var piece = await ReadAsync(source, offset, cancellationToken).ConfigureAwait(false);
                if (piece.IsEmpty)
                {
                    break;
                }

                var written = Encode(piece.Span, wire, isFirst: offset == 0);
                offset += piece.Length;
                await destination.WriteAsync(wire.AsMemory(0, written), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(source);
            ArrayPool<byte>.Shared.Return(wire);
        }
    }

    private static int Encode(ReadOnlySpan<byte> piece, Span<byte> wire, bool isFirst)
    {
        if (isFirst)
        {
            return Base64Lines.Encode(piece, wire);
        }

        "\r\n"u8.CopyTo(wire);
        return 2 + Base64Lines.Encode(piece, wire[2..]);
    }

    /// <summary>The next whole lines, or the rest; empty at the end.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        byte[] buffer, long offset, CancellationToken cancellationToken)
    {
        if (content.TryGetMemory(out var all))
        {
            return all.Slice((int)offset, (int)Math.Min(all.Length - offset, LinesAtOnce * Base64Lines.SourceLine));
        }

        var piece = buffer.AsMemory(0, LinesAtOnce * Base64Lines.SourceLine);
        var read = await content.FillAsync(piece, offset, cancellationToken).ConfigureAwait(false);
        var end = offset + read;
        if (end > content.Length || (read < piece.Length && end != content.Length))
        {
            throw new MessageException(
                "AttachmentChanged",
                MailErrorKind.InvalidInput,
                $"The attachment '{name}' changed its size while it was being sent: it had {content.Length} " +
                "octets before.",
                "Send a copy of the file, or wait until the program that writes it is done.");
        }

        return piece[..read];
    }
}
