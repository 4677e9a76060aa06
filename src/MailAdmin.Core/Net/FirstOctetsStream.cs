namespace MailAdmin.Net;

/// <summary>
/// Passes everything through and remembers the first octets read, so that a failed handshake can be explained.
/// </summary>
internal sealed class FirstOctetsStream(Stream inner) : Stream
{
    private readonly byte[] _first = new byte[64];
    private int _firstLength;

    public ReadOnlySpan<byte> First => _first.AsSpan(0, _firstLength);

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _firstLength == _first.Length
            ? inner.ReadAsync(buffer, cancellationToken)
            : ReadFirstAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadFirstAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        var kept = Math.Min(count, _first.Length - _firstLength);
        buffer.Span[..kept].CopyTo(_first.AsSpan(_firstLength));
        _firstLength += kept;
        return count;
    }
}
