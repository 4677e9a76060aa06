using System.Globalization;
using MailAdmin.Mime;
using MailAdmin.Net;

namespace MailAdmin.Smtp;

/// <summary>
/// Takes a message's octets on their way into the connection: doubles dots at the start of lines where DATA needs it
/// (RFC 5321 §4.5.2), counts, reports progress. Copies nothing but into the connection's own buffer.
/// </summary>
internal sealed class ContentStream(Connection connection, SmtpTimeouts timeouts) : Stream
{
    private const int ProgressStep = 64 * 1024;

    private bool _stuffDots;
    private long _length;
    private long _written;
    private long _reported;
    private bool _atLineStart;
    private IProgress<long>? _progress;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>True when the content does not end in the middle of a line.</summary>
    internal bool IsAtLineStart => _atLineStart;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return ValueTask.CompletedTask;
        }

        _written += buffer.Length;
        if (_written > _length)
        {
            throw SizeChanged();
        }

        if (_progress is not null && _written - _reported >= ProgressStep)
        {
            _reported = _written;
            _progress.Report(_written);
        }

        var octets = buffer.Span;
        var startsWithDot = _atLineStart && octets[0] == (byte)'.';
        _atLineStart = octets[^1] == (byte)'\n';
        return _stuffDots && (startsWithDot || octets.IndexOf("\n."u8) >= 0)
            ? WriteStuffedAsync(buffer, startsWithDot, cancellationToken)
            : connection.WriteDataAsync(buffer, timeouts.Content, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A message is written asynchronously only.");

    /// <summary>Prepares for the next message.</summary>
    internal void Begin(bool stuffDots, long length, IProgress<long>? progress)
    {
        _stuffDots = stuffDots;
        _length = length;
        _progress = progress;
        _written = _reported = 0;
        _atLineStart = true;
    }

    /// <summary>Checks that all of the message was written.</summary>
    internal void End()
    {
        if (_written != _length)
        {
            throw SizeChanged();
        }

        if (_progress is not null && _reported != _written)
        {
            _progress.Report(_written);
        }

        _progress = null;
    }

    private async ValueTask WriteStuffedAsync(
        ReadOnlyMemory<byte> octets, bool startsWithDot, CancellationToken cancellationToken)
    {
        if (startsWithDot)
        {
            await WriteDotAsync(cancellationToken).ConfigureAwait(false);
        }

        while (octets.Span.IndexOf("\n."u8) is >= 0 and var lineEnd)
        {
            await connection.WriteDataAsync(octets[..(lineEnd + 1)], timeouts.Content, cancellationToken)
                .ConfigureAwait(false);
            await WriteDotAsync(cancellationToken).ConfigureAwait(false);
            octets = octets[(lineEnd + 1)..];
        }

        await connection.WriteDataAsync(octets, timeouts.Content, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask WriteDotAsync(CancellationToken cancellationToken) =>
        connection.WriteDataAsync(Dot, timeouts.Content, cancellationToken);

    private static readonly ReadOnlyMemory<byte> Dot = new[] { (byte)'.' };

    private MessageException SizeChanged() => new(
        "MessageSizeChanged",
        MailErrorKind.InvalidInput,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The message changed while it was sent: {_length} octets were announced, " +
            $"{_written} came. It was not delivered."),
        "Send it again when nothing writes to its attachments any more.");
}
