namespace MailAdmin.Storage.Sqlite;

/// <summary>Reads the content of an item piece by piece.</summary>
internal sealed class StoredContentStream(SqliteReaders readers, long id, long size) : Stream
{
    private byte[] _piece = [];
    private int _offset;
    private long _index;
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => size;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || _read == size)
        {
            return 0;
        }

        if (_offset == _piece.Length)
        {
            await NextAsync(cancellationToken).ConfigureAwait(false);
        }

        var count = Math.Min(buffer.Length, _piece.Length - _offset);
        _piece.AsMemory(_offset, count).CopyTo(buffer);
        _offset += count;
        _read += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("The store gives content asynchronously only.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task NextAsync(CancellationToken cancellationToken)
    {
        var index = _index++;
        var piece = await readers.RunAsync(session => Chunks.Read(session, id, index), cancellationToken)
            .ConfigureAwait(false);
        if (piece is not { Length: > 0 })
        {
            throw new StoreException(
                StoreFault.NotFound,
                $"The content of item {id} was removed while it was read.",
                "Nothing need be done if the item was removed or sent in the meantime.");
        }

        _piece = piece;
        _offset = 0;
    }
}
