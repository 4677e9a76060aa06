using System.Buffers;

namespace MailAdmin.Storage.Sqlite;

/// <summary>
/// Takes the content of one item. What fits into one piece stays in memory, to go into the commit of the item itself;
/// of larger content each full piece is stored ahead, under a number that is marked as staged until the item is there.
/// </summary>
internal sealed class ContentIntake(SqliteWriter writer, long? largest) : Stream
{
    private const int FirstSize = 4096;

    private byte[] _tail = ArrayPool<byte>.Shared.Rent(FirstSize);

    /// <summary>The number under which pieces are stored; null while none is.</summary>
    public long? Staged { get; private set; }

    /// <summary>How many pieces are stored.</summary>
    public long Pieces { get; private set; }

    /// <summary>What is not stored yet.</summary>
    public ReadOnlyMemory<byte> Tail => _tail.AsMemory(0, TailLength);

    /// <summary>The octets of <see cref="Tail"/>.</summary>
    public int TailLength { get; private set; }

    /// <summary>The octets so far.</summary>
    public long Size { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Size;
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        MessageOverLimitException.ThrowIfOver(largest, Size + buffer.Length);
        while (!buffer.IsEmpty)
        {
            // A piece that is full waits until more comes: it may be the last.
            if (TailLength == Chunks.Size)
            {
                await StoreTailAsync(cancellationToken).ConfigureAwait(false);
            }

            var part = buffer[..Math.Min(buffer.Length, Chunks.Size - TailLength)];
            MakeRoom(TailLength + part.Length);
            part.CopyTo(_tail.AsMemory(TailLength));
            TailLength += part.Length;
            Size += part.Length;
            buffer = buffer[part.Length..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("The store takes content asynchronously only.");

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Stores what is still in memory. Nothing may be written after that.</summary>
    public async Task StoreRestAsync(CancellationToken cancellationToken)
    {
        if (TailLength > 0)
        {
            await StoreTailAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes what was stored ahead, as there will be no item.</summary>
    public async Task AbandonAsync()
    {
        if (Staged is not { } id)
        {
            return;
        }

        try
        {
            await writer.RunAsync(
                scope =>
                {
                    Chunks.Remove(scope.Session, id);
                    return Unstage(scope.Session, id);
                },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // The next purge does it. Why there will be no item is what the caller must hear of.
        }
    }

    /// <summary>Takes the mark away, as the content has its item or is to be removed by the caller.</summary>
    /// <returns>False when it was not there any more: see <see cref="Gone"/>.</returns>
    public static bool Unstage(SqliteSession session, long id)
    {
        using var delete = session.Prepare("DELETE FROM staged WHERE id = ? AND touched_at <> ?").Bind(id)
            .Bind(QueuePurge.Doomed);
        return delete.Run() == 1;
    }

    /// <summary>A purge took the content for left behind.</summary>
    public static StoreException Gone() => new(
        StoreFault.NotFound,
        "The content took so long that what came of it was removed in the meantime; it was not taken.",
        "Add the message again.");

    protected override void Dispose(bool disposing)
    {
        if (disposing && _tail.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_tail);
            _tail = [];
            TailLength = 0;
        }

        base.Dispose(disposing);
    }

    private async Task StoreTailAsync(CancellationToken cancellationToken)
    {
        Staged = await writer.RunAsync(Store, cancellationToken, TailLength).ConfigureAwait(false);
        Pieces++;
        TailLength = 0;
    }

    private long Store(WriteScope scope)
    {
        var id = Staged ?? scope.Draw("id");
        if (Staged is null)
        {
            using var mark = scope.Session.Prepare("INSERT INTO staged VALUES (?, ?)").Bind(id).Bind(scope.NowValue);
            mark.Run();
        }
        else if (!Touch(scope, id))
        {
            throw Gone();
        }

        Chunks.Write(scope.Session, id, Pieces, Tail.Span);
        return id;
    }

    private static bool Touch(WriteScope scope, long id)
    {
        using var update = scope.Session.Prepare("UPDATE staged SET touched_at = ? WHERE id = ? AND touched_at <> ?")
            .Bind(scope.NowValue).Bind(id).Bind(QueuePurge.Doomed);
        return update.Run() == 1;
    }

    private void MakeRoom(int length)
    {
        if (length <= _tail.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(Chunks.Size, Math.Max(length, 2 * _tail.Length)));
        Tail.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_tail);
        _tail = larger;
    }
}
