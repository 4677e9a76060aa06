using MailAdmin.Mime;

namespace MailAdmin.Interop.Composing;

/// <summary>A draft, with the octets that its attachments yield.</summary>
/// <param name="Draft">What is to be said.</param>
/// <param name="Attached">The content of each of <see cref="MessageDraft.Attachments"/>.</param>
/// <param name="Shown">The content of each of <see cref="MessageDraft.InlineAttachments"/>.</param>
internal sealed record Composition(
    MessageDraft Draft,
    IReadOnlyList<byte[]> Attached,
    IReadOnlyList<byte[]> Shown)
{
    /// <summary>A draft without attachments.</summary>
    public static implicit operator Composition(MessageDraft draft) => new(draft, [], []);
}
