using MailAdmin.Mime.Attachments;
using MailAdmin.Mime.Eml;
using MailAdmin.Mime.Encodings;

namespace MailAdmin.Mime.Composing;

/// <summary>
/// An attachment whose content is open and measured. A message is attached as a message, which no encoding may cover
/// (RFC 2046 §5.2.1), if the server can take it so; else it becomes an ordinary file in base64, as all others.
/// </summary>
internal sealed class AttachmentPart : IAsyncDisposable
{
    private readonly ContentReader _content;

    private AttachmentPart(AttachmentSource source, string? contentId, ContentReader content)
    {
        FileName = source.FileName;
        ContentType = source.ContentType;
        ContentId = contentId;
        _content = content;
        Segment = new Base64Segment(content, source.FileName);
    }

    public string FileName { get; }

    public string ContentType { get; private set; }

    /// <summary>The id that HTML refers to, or null.</summary>
    public string? ContentId { get; }

    public TransferEncoding Encoding { get; private set; } = TransferEncoding.Base64;

    /// <summary>Writes the content.</summary>
    public Segment Segment { get; private set; }

    public static async ValueTask<AttachmentPart> OpenAsync(
        AttachmentSource source, string? contentId, WireFormat format, CancellationToken cancellationToken)
    {
        var content = await source.OpenAsync(cancellationToken).ConfigureAwait(false);
        var part = new AttachmentPart(source, contentId, content);
        if (source.ContentType.Equals(MediaTypes.Message, StringComparison.OrdinalIgnoreCase))
        {
            await part.UseMessageAsync(format, cancellationToken).ConfigureAwait(false);
        }

        return part;
    }

    /// <summary>True when octets occur in content that goes out as it is.</summary>
    public async ValueTask<bool> ShowsAsync(byte[] octets, CancellationToken cancellationToken)
    {
        if (Encoding == TransferEncoding.Base64)
        {
            return false;
        }

        var finder = new OctetFinder(octets);
        await _content.ReadAllAsync(piece => finder.Feed(piece.Span), cancellationToken).ConfigureAwait(false);
        return finder.IsFound;
    }

    public ValueTask DisposeAsync() => _content.DisposeAsync();

    private async ValueTask UseMessageAsync(WireFormat format, CancellationToken cancellationToken)
    {
        var survey = new AttachedMessageSurvey();
        await _content.ReadAllAsync(piece => survey.Feed(piece.Span), cancellationToken).ConfigureAwait(false);
        survey.Complete();
        if (survey.IsUsable(format))
        {
            Encoding = survey.IsEightBit ? TransferEncoding.EightBit : TransferEncoding.SevenBit;
            Segment = new TransformedSegment(
                ContentRange.All(_content, FileName), () => new LineEndTransform(endLine: false), survey.Length);
        }
        else
        {
            ContentType = MediaTypes.OctetStream;
        }
    }
}
