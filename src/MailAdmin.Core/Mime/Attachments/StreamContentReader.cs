namespace MailAdmin.Mime.Attachments;

/// <summary>Reads a stream from its beginning; reading at 0 opens it again.</summary>
internal sealed class StreamContentReader(
    Func<CancellationToken, ValueTask<Stream>> open, string name, long length) : ContentReader
{
    private Stream? _stream;

    public override long Length => length;

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, long offset, CancellationToken cancellationToken)
    {
        try
        {
            if (offset == 0 || _stream is null)
            {
                await DisposeAsync().ConfigureAwait(false);
                _stream = await open(cancellationToken).ConfigureAwait(false);
            }

            return await _stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            throw new MessageException(
                "AttachmentUnreadable",
                MailErrorKind.NotFound,
                $"The attachment '{name}' cannot be read: {e.Message}",
                "Check that its content can be opened more than once.",
                e);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_stream is not null)
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
            _stream = null;
        }
    }
}
