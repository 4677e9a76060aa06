namespace MailAdmin.Mime.Attachments;

/// <summary>A stream that the caller opens anew for each reading.</summary>
internal sealed class StreamAttachmentSource(
    Func<CancellationToken, ValueTask<Stream>> open, string fileName, string? contentType)
    : AttachmentSource(fileName, contentType)
{
    internal override async ValueTask<ContentReader> OpenAsync(CancellationToken cancellationToken)
    {
        var measured = new StreamContentReader(open, FileName, 0);
        await using (measured.ConfigureAwait(false))
        {
            long length = 0;
            await measured.ReadAllAsync(piece => length += piece.Length, cancellationToken).ConfigureAwait(false);
            return new StreamContentReader(open, FileName, length);
        }
    }
}
