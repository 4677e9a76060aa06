namespace MailAdmin.Mime.Attachments;

/// <summary>A file on disk or on a share.</summary>
internal sealed class FileAttachmentSource(string path, string fileName, string? contentType)
    : AttachmentSource(fileName, contentType)
{
    internal override ValueTask<ContentReader> OpenAsync(CancellationToken cancellationToken) =>
        new(FileContentReader.Open(path));
}
