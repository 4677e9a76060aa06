using MailAdmin.Mime.Attachments;

namespace MailAdmin.Mime.Composing;

/// <summary>A stretch of content.</summary>
/// <param name="Content">Whence.</param>
/// <param name="Name">What error messages call it.</param>
/// <param name="Start">The first octet.</param>
/// <param name="End">The octet behind the last one.</param>
internal sealed record ContentRange(ContentReader Content, string Name, long Start, long End)
{
    /// <summary>The whole content.</summary>
    public static ContentRange All(ContentReader content, string name) => new(content, name, 0, content.Length);
}
