using MailAdmin.Mime.Attachments;

namespace MailAdmin.Mime.Composing;

/// <summary>An attachment whose content is open and measured.</summary>
/// <param name="Source">What was attached.</param>
/// <param name="ContentId">The id that HTML refers to, or null.</param>
/// <param name="Segment">Writes the content.</param>
internal sealed record AttachmentPart(AttachmentSource Source, string? ContentId, Segment Segment)
{
    public static async ValueTask<AttachmentPart> OpenAsync(
        AttachmentSource source, string? contentId, CancellationToken cancellationToken)
    {
        ContentReader content = await source.OpenAsync(cancellationToken).ConfigureAwait(false);
        return new AttachmentPart(source, contentId, new Base64Segment(content, source.FileName));
    }
}
