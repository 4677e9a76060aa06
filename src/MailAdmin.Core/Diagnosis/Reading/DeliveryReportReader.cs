using System.Text;
using MailAdmin.Mime;
using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Eml;
using MailAdmin.Mime.Encodings;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Diagnosis.Reading;

/// <summary>
/// Reads reports of non-delivery from their source: the part for machines (RFC 3464 §2.1), and where there is none the
/// words for people, as Exchange writes them.
/// </summary>
internal static class DeliveryReportReader
{
    private const string ContentType = "Content-Type:";

    /// <summary>True when the text begins with header fields of a message.</summary>
    public static bool LooksLikeSource(string text)
    {
        var start = text.AsSpan().TrimStart();
        var end = start.IndexOf('\n');
        var line = end < 0 ? start : start[..end];
        return IsField(line) &&
            (line.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) ||
                text.Contains("\n" + ContentType, StringComparison.OrdinalIgnoreCase));
    }

    public static IReadOnlyList<Failure> Read(ReadOnlySpan<byte> message)
    {
        IReadOnlyList<MimePiece> pieces;
        try
        {
            pieces = Split(message);
        }
        catch (MessageException)
        {
            // Too deep or too large a structure: no mail system writes such reports.
            return [];
        }

        foreach (var piece in pieces)
        {
            if (piece.Kind == MimePieceKind.Body &&
                piece.Entity?.ContentType is "message/delivery-status" or "message/global-delivery-status" &&
                DeliveryStatusFields.Read(Decode(message, piece)) is { Count: > 0 } fields)
            {
                return fields;
            }
        }

        var words = pieces.FirstOrDefault(p => p is { Kind: MimePieceKind.Body, Entity.IsText: true });
        return words is null ? [] : ExchangeReportText.Read(Decode(message, words));
    }

    // RFC 5322 §3.6.8: a field's name is of printable ASCII without space, up to the colon.
    private static bool IsField(ReadOnlySpan<char> line)
    {
        var name = line[..Math.Max(0, line.IndexOf(':'))];
        return !name.IsEmpty && name.IndexOfAnyExceptInRange('!', '~') < 0;
    }

    private static IReadOnlyList<MimePiece> Split(ReadOnlySpan<byte> message)
    {
        var header = new HeaderParser();
        var bodyStart = header.Feed(message);
        header.Complete();
        var structure = new MimeStructure(new MimeEntity(header.Fields), bodyStart, header.Line);
        var splitter = new LineSplitter(structure, bodyStart, header.Line);
        splitter.Feed(message[bodyStart..]);
        splitter.Complete();
        structure.Complete();
        return structure.Pieces;
    }

    private static string Decode(ReadOnlySpan<byte> message, MimePiece piece)
    {
        var start = (int)Math.Min(piece.Start, message.Length);
        var octets = message[start..(int)Math.Min(piece.End, message.Length)];
        OctetTransform? decoder = piece.Entity!.TransferEncoding switch
        {
            "base64" => new Base64Decoder(),
            "quoted-printable" => new QuotedPrintableDecoder(),
            _ => null,
        };
        if (decoder is null)
        {
            return Encoding.UTF8.GetString(octets);
        }

        using var decoded = new WireBuffer(octets.Length);
        decoder.Feed(octets, decoded);
        decoder.Finish(decoded);
        return Encoding.UTF8.GetString(decoded.Written);
    }
}
