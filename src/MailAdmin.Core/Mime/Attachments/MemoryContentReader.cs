namespace MailAdmin.Mime.Attachments;

/// <summary>Content in memory.</summary>
internal sealed class MemoryContentReader(ReadOnlyMemory<byte> content) : ContentReader
{
    public override long Length => content.Length;

    public override bool TryGetMemory(out ReadOnlyMemory<byte> memory)
    {
        memory = content;
        return true;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken)
    {
        var rest = content[(int)Math.Min(offset, content.Length)..];
        var count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        return new ValueTask<int>(count);
    }
}
