namespace MailAdmin.Cli.Sending;

/// <summary>
/// Standard input as a message: ends at a lone dot if it must, and can be taken back to its beginning once, to put
/// headers before it. Read forward, in pieces; never whole in memory.
/// </summary>
internal sealed class SubmissionStream(Stream input, LoneDot? loneDot) : Stream
{
    private readonly byte[] _read = new byte[16 * 1024];
    private readonly byte[] _passed = new byte[(16 * 1024) + 2];
    private MemoryStream? _kept = new();
    private ReadOnlyMemory<byte> _pending;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Goes back to the beginning.</summary>
    /// <param name="replace">Gets what was read so far, and returns what is to be read in its place.</param>
    public void Rewind(Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> replace)
    {
        var kept = _kept ?? throw new InvalidOperationException("It goes back only once.");
        _pending = new([.. replace(kept.ToArray()).Span, .. _pending.Span]);
        _kept = null;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_pending.IsEmpty && loneDot is not { HasEnded: true })
        {
            var count = await input.ReadAsync(_read, cancellationToken);
            if (count == 0)
            {
                return 0;
            }

            _pending = loneDot is null
                ? _read.AsMemory(0, count)
                : _passed.AsMemory(0, loneDot.Pass(_read.AsSpan(0, count), _passed));
        }

        var taken = Math.Min(buffer.Length, _pending.Length);
        _pending[..taken].CopyTo(buffer);
        _kept?.Write(_pending.Span[..taken]);
        _pending = _pending[taken..];
        return taken;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
