namespace MailAdmin.Mime;

/// <summary>A picture or another thing that the HTML text shows by <c>cid:</c> (RFC 2392).</summary>
/// <param name="ContentId">What stands behind <c>cid:</c>, without angle brackets.</param>
/// <param name="Source">The content.</param>
public sealed record InlineAttachment(string ContentId, AttachmentSource Source);
