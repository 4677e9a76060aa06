using System.Text;
using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Encodings;

namespace MailAdmin.Mime.Eml;

/// <summary>
/// Writes a message so that the server can take it: of the parts and headers only those that cannot go out as they are
/// change, and only in their encoding (RFC 6152 §3, RFC 2049 §2).
/// </summary>
internal sealed class EmlReencoder(EmlScanner survey, ContentRange all, WireFormat format)
{
    private readonly WireBuffer _buffer = new(survey.Header.Length + 4096);
    private readonly List<(int Place, Segment Segment)> _segments = [];
    private bool _isEightBit;
    private bool _usesUtf8;
    private long _verbatimStart = -1;
    private long _verbatimEnd;

    public async ValueTask<PreparedMessage> ComposeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var message = new MimeEntity(survey.Header.Fields);
            var structure = new MimeStructure(message, survey.BodyStart, survey.Header.Line);
            await ScanAsync(structure, cancellationToken).ConfigureAwait(false);
            WriteHeader(message, BodyFaults(structure.Pieces, -1), isMessage: true);
            for (var i = 0; i < structure.Pieces.Count; i++)
            {
                await WriteAsync(structure.Pieces, i, cancellationToken).ConfigureAwait(false);
            }

            await FlushVerbatimAsync(isLast: true, cancellationToken).ConfigureAwait(false);
            return new ComposedMessage(_buffer, _segments, new WireTraits(_isEightBit, _usesUtf8), [all.Content]);
        }
        catch
        {
            _buffer.Dispose();
            throw;
        }
    }

    private async ValueTask ScanAsync(MimeStructure structure, CancellationToken cancellationToken)
    {
        var splitter = new LineSplitter(structure, survey.BodyStart, survey.Header.Line);
        var skip = survey.BodyStart;
        await all.Content.ReadAllAsync(
            piece =>
            {
                var skipped = (int)Math.Min(skip, piece.Length);
                skip -= skipped;
                splitter.Feed(piece.Span[skipped..]);
            },
            cancellationToken).ConfigureAwait(false);
        splitter.Complete();
        structure.Complete();
    }

    private async ValueTask WriteAsync(
        IReadOnlyList<MimePiece> pieces, int index, CancellationToken cancellationToken)
    {
        var piece = pieces[index];
        switch (piece.Kind)
        {
            case MimePieceKind.Header:
                await FlushVerbatimAsync(isLast: false, cancellationToken).ConfigureAwait(false);
                WriteHeader(piece.Entity!, BodyFaults(pieces, index), isMessage: false);
                break;
            case MimePieceKind.Body when MustChange(piece.Faults):
                await FlushVerbatimAsync(isLast: false, cancellationToken).ConfigureAwait(false);
                await WriteBodyAsync(piece, isLast: index == pieces.Count - 1, cancellationToken).ConfigureAwait(false);
                break;
            case MimePieceKind.Filler when MustChange(piece.Faults):
                break;
            default:
                await AddVerbatimAsync(piece, cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>What the body has that belongs to the header at an index, when it is not a container.</summary>
    private static LineFaults BodyFaults(IReadOnlyList<MimePiece> pieces, int header) =>
        header + 1 < pieces.Count && pieces[header + 1].Kind == MimePieceKind.Body
            ? pieces[header + 1].Faults
            : LineFaults.None;

    private bool MustChange(LineFaults faults) =>
        (faults & (LineFaults.Nul | LineFaults.TooLong)) != 0 ||
        (faults.HasFlag(LineFaults.EightBit) && !format.EightBit);

    private async ValueTask WriteBodyAsync(MimePiece piece, bool isLast, CancellationToken cancellationToken)
    {
        var entity = piece.Entity!;
        Func<OctetTransform> transform = entity switch
        {
            { TransferEncoding: "base64" } => () => new ChainedTransform(
                new Base64Decoder(), new Base64Transform(isLast)),
            { TransferEncoding: "quoted-printable" } =>
                () => new ChainedTransform(new QuotedPrintableDecoder(), new QuotedPrintableTransform(isLast)),
            { IsIdentity: true, IsText: true } =>
                () => new ChainedTransform(new LineEndTransform(endLine: false), new QuotedPrintableTransform(isLast)),
            { IsIdentity: true } => () => new Base64Transform(isLast),
            _ => throw new MessageException(
                "MessageCannotBeReencoded",
                MailErrorKind.NotSupported,
                $"The part at line {piece.Line} of the message cannot be re-encoded: its encoding " +
                $"'{entity.TransferEncoding}' is unknown.",
                "Save the message anew with a mail program."),
        };
        var range = all with { Start = piece.Start, End = piece.End };
        _segments.Add((
            _buffer.Length,
            await TransformedSegment.MeasureAsync(range, transform, cancellationToken).ConfigureAwait(false)));
    }

    private void WriteHeader(MimeEntity entity, LineFaults bodyFaults, bool isMessage)
    {
        var encoding = NewEncoding(entity, bodyFaults);
        var start = _buffer.Length;
        foreach (var field in entity.Fields)
        {
            if (!(isMessage && EmlComposer.IsHidden(field)) &&
                !(encoding is not null && field.Is("Content-Transfer-Encoding")))
            {
                HeaderRewriter.Write(_buffer, field, format);
            }
        }

        if (encoding is { } changed)
        {
            if (isMessage && !entity.Fields.Any(f => f.Is("MIME-Version")))
            {
                _buffer.Append("MIME-Version: 1.0\r\n"u8);
            }

            if (!entity.Fields.Any(f => f.Is("Content-Type")))
            {
                _buffer.Append("Content-Type: text/plain; charset="u8);
                _buffer.Append(bodyFaults.HasFlag(LineFaults.NotUtf8) ? "windows-1252\r\n"u8 : "utf-8\r\n"u8);
            }

            _buffer.Append(changed.HeaderLine());
        }

        _usesUtf8 |= !Ascii.IsValid(_buffer.Written[start..]);
        _buffer.AppendLine();
    }

    /// <summary>The encoding to announce, or null when what is announced stays.</summary>
    private TransferEncoding? NewEncoding(MimeEntity entity, LineFaults bodyFaults)
    {
        if (entity.IsContainer)
        {
            return entity.TransferEncoding is "8bit" or "binary"
                ? format.EightBit ? TransferEncoding.EightBit : TransferEncoding.SevenBit
                : null;
        }

        return !MustChange(bodyFaults) ? null
            : entity.TransferEncoding == "quoted-printable" || (entity.IsIdentity && entity.IsText)
                ? TransferEncoding.QuotedPrintable
                : TransferEncoding.Base64;
    }

    private async ValueTask AddVerbatimAsync(MimePiece piece, CancellationToken cancellationToken)
    {
        _isEightBit |= piece.Faults.HasFlag(LineFaults.EightBit);
        if (_verbatimStart >= 0 && _verbatimEnd != piece.Start)
        {
            await FlushVerbatimAsync(isLast: false, cancellationToken).ConfigureAwait(false);
        }

        _verbatimStart = _verbatimStart < 0 ? piece.Start : _verbatimStart;
        _verbatimEnd = piece.End;
    }

    private async ValueTask FlushVerbatimAsync(bool isLast, CancellationToken cancellationToken)
    {
        if (_verbatimStart < 0)
        {
            return;
        }

        var range = all with { Start = _verbatimStart, End = _verbatimEnd };
        _verbatimStart = -1;
        _segments.Add((
            _buffer.Length,
            await TransformedSegment.MeasureAsync(range, () => new LineEndTransform(isLast), cancellationToken)
                .ConfigureAwait(false)));
    }
}
