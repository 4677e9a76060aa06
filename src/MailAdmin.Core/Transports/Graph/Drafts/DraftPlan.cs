using System.Globalization;
using MailAdmin.Mime;
using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Eml;

namespace MailAdmin.Transports.Graph.Drafts;

/// <summary>
/// A message taken apart as Graph's own form of messages has it: one text, files, and the header fields that it knows.
/// </summary>
internal sealed class DraftPlan
{
    private DraftPlan(string? html, string text, bool dropsText, IReadOnlyList<DraftPart> files)
    {
        IsHtml = html is not null;
        Body = html ?? text;
        DropsText = dropsText;
        Files = files;
    }

    /// <summary>True when <see cref="Body"/> is HTML.</summary>
    public bool IsHtml { get; }

    /// <summary>The text.</summary>
    public string Body { get; }

    /// <summary>True when there was a plain text beside the HTML, for which Graph has no place.</summary>
    public bool DropsText { get; }

    /// <summary>All other parts, in their order, measured.</summary>
    public IReadOnlyList<DraftPart> Files { get; }

    /// <summary>Takes a message apart.</summary>
    /// <exception cref="MessageException">GraphCannotDivide, GraphTextTooLarge, GraphFileTooLarge.</exception>
    public static async ValueTask<DraftPlan> MakeAsync(
        GraphMail mail, GraphLimits limits, CancellationToken cancellationToken)
    {
        var structure = new StructureStream();
        await using (structure.ConfigureAwait(false))
        {
            await mail.WriteToAsync(structure, cancellationToken).ConfigureAwait(false);
        }

        var pieces = structure.Complete();
        var message = new MimeEntity(mail.Fields);
        CheckUnsigned(message);
        var parts = Parts(message, pieces);
        var html = parts.FirstOrDefault(p => p.IsText("text/html"));
        var text = parts.FirstOrDefault(p => p.IsText("text/plain"));
        if (html is not null && text is not null && !HasAlternatives(message, pieces))
        {
            // A text of its own, not another form of the HTML: it becomes a file, so that nothing is lost.
            text = null;
        }

        var (htmlText, plainText) = await ReadAsync(mail, parts, html, text, limits, cancellationToken)
            .ConfigureAwait(false);
        DraftPart[] files = [.. parts.Where(p => p != html && p != text)];
        if (files.FirstOrDefault(f => f.Size > limits.MaxAttachment) is { } largest)
        {
            throw TooLarge("GraphFileTooLarge", $"The file '{largest.FileName}'", limits.MaxAttachment);
        }

        return new DraftPlan(htmlText, plainText ?? "", html is not null && text is not null, files);
    }

    private static void CheckUnsigned(MimeEntity message)
    {
        if (message.ContentType is "multipart/signed" or "multipart/encrypted" or "application/pkcs7-mime"
            or "application/x-pkcs7-mime")
        {
            throw new MessageException(
                "GraphCannotDivide",
                MailErrorKind.NotSupported,
                "The message is signed or encrypted, so that it cannot be taken apart, and Microsoft Graph takes it in "
                + "one piece only up to 4 MB and with a copy in Sent Items.",
                "Send it over SMTP, or make it smaller.");
        }
    }

    private static List<DraftPart> Parts(MimeEntity message, IReadOnlyList<MimePiece> pieces)
    {
        var parts = new List<DraftPart>();
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            if (piece.Kind == MimePieceKind.Body)
            {
                parts.Add(new DraftPart(piece));
            }
            else if (piece is { Kind: MimePieceKind.Header, Entity.Boundary: null } && !IsBody(pieces, i + 1))
            {
                // A part without content, such as an empty file.
                parts.Add(new DraftPart(piece with { Start = piece.End }));
            }
        }

        return parts.Count > 0 || message.Boundary is not null
            ? parts
            : [new DraftPart(new MimePiece(MimePieceKind.Body, message, 0, 0, 0, LineFaults.None))];
    }

    private static bool IsBody(IReadOnlyList<MimePiece> pieces, int index) =>
        index < pieces.Count && pieces[index].Kind == MimePieceKind.Body;

    private static bool HasAlternatives(MimeEntity message, IReadOnlyList<MimePiece> pieces) =>
        pieces.Select(p => p.Entity).Append(message).Any(e => e?.ContentType == "multipart/alternative");

    private static async ValueTask<(string? Html, string? Text)> ReadAsync(
        GraphMail mail,
        IReadOnlyList<DraftPart> parts,
        DraftPart? html,
        DraftPart? text,
        GraphLimits limits,
        CancellationToken cancellationToken)
    {
        string? htmlText = null;
        string? plainText = null;
        using var buffer = new WireBuffer(4096);
        var reading = new PartsStream(
            parts,
            (part, octets, _) =>
            {
                part.Size += octets.Length;
                if (part == html || part == text)
                {
                    buffer.Append(octets.Span);
                    if (buffer.Length > limits.MaxRequest)
                    {
                        throw TooLarge("GraphTextTooLarge", "The text of the message", limits.MaxRequest);
                    }
                }

                return ValueTask.CompletedTask;
            },
            (part, _) =>
            {
                htmlText = part == html ? part.ToText(buffer.Written) : htmlText;
                plainText = part == text ? part.ToText(buffer.Written) : plainText;
                buffer.Truncate(0);
                return ValueTask.CompletedTask;
            });
        await using (reading.ConfigureAwait(false))
        {
            await mail.WriteToAsync(reading, cancellationToken).ConfigureAwait(false);
        }

        return (htmlText, plainText);
    }

    private static MessageException TooLarge(string errorId, string what, long limit) => new(
        errorId,
        MailErrorKind.Limit,
        string.Create(
            CultureInfo.InvariantCulture, $"{what} has more than the {limit:#,0} octets that Microsoft Graph takes."),
        "Put it where recipients can fetch it, or send the message over SMTP.");
}
