using System.Security.Cryptography;
using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Mime.Dkim;

/// <summary>A message that is written here leaves its header fields and the hash of its body, nothing else.</summary>
internal sealed class DkimHashingStream : Stream
{
    private readonly HeaderParser _header = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly WireBuffer _canonical = new(16 * 1024);
    private RelaxedBody _body;

    public byte[] BodyHash { get; private set; } = [];

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Ends the message; returns its header fields.</summary>
    public IReadOnlyList<HeaderField> Complete()
    {
        _header.Complete();
        _body.Finish(_canonical);
        Hash();
        BodyHash = _hash.GetHashAndReset();
        return _header.Fields;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var body = buffer[(_header.IsComplete ? 0 : _header.Feed(buffer))..];
        _body.Feed(body, _canonical);
        Hash();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        // Nothing is held back.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        _canonical.Dispose();
        base.Dispose(disposing);
    }

    private void Hash()
    {
        _hash.AppendData(_canonical.Written);
        _canonical.Truncate(0);
    }
}
