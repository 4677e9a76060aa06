using System.Buffers;

namespace MailAdmin.Mime.Attachments;

/// <summary>Content of a known length that can be read from its beginning any number of times.</summary>
internal abstract class ContentReader : IAsyncDisposable
{
    /// <summary>The octets there are.</summary>
    public abstract long Length { get; }

    /// <summary>The octets, when they are in memory anyway.</summary>
    public virtual bool TryGetMemory(out ReadOnlyMemory<byte> content)
    {
        content = default;
        return false;
    }

    /// <summary>
    /// Reads at least one octet at the place, or 0 at the end; places must follow each other or begin anew.
    /// </summary>
    /// <exception cref="MessageException">AttachmentUnreadable.</exception>
    public abstract ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken);

    /// <summary>Fills the buffer as far as there is content.</summary>
    public async ValueTask<int> FillAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            var read = await ReadAsync(buffer[filled..], offset + filled, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        return filled;
    }

    /// <summary>Passes on everything from the beginning to the end.</summary>
    public async ValueTask ReadAllAsync(Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            long offset = 0;
            int read;
            while ((read = await ReadAsync(buffer, offset, cancellationToken).ConfigureAwait(false)) > 0)
            {
                take(buffer.AsMemory(0, read));
                offset += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
