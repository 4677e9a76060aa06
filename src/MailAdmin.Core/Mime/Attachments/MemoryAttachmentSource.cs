namespace MailAdmin.Mime.Attachments;

/// <summary>Octets that the caller has in memory.</summary>
internal sealed class MemoryAttachmentSource(ReadOnlyMemory<byte> content, string fileName, string? contentType)
    : AttachmentSource(fileName, contentType)
{
    internal override ValueTask<ContentReader> OpenAsync(CancellationToken cancellationToken) =>
        new(new MemoryContentReader(content));
}
