using System.Buffers;

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
            var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
            try
            {
                long length = 0;
                int read;
                while ((read = await measured.ReadAsync(buffer, length, cancellationToken).ConfigureAwait(false)) > 0)
                {
                    length += read;
                }

                return new StreamContentReader(open, FileName, length);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
}
