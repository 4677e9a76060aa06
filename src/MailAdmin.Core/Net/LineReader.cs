using System.Buffers;

namespace MailAdmin.Net;

/// <summary>
/// Finds lines in a stream of octets: octets in, a line or "need more" out. It does no I/O. A line ends in CRLF; LF
/// alone is tolerated and reported (RFC 5321 §2.3.8 allows a receiver to be strict about it); CR alone is content.
/// The caller asks for a line first and only then for <see cref="GetMemory"/>, so that the limit bounds the buffer.
/// </summary>
public sealed class LineReader : IDisposable
{
    private const int InitialSize = 8 * 1024;
    private const byte Lf = (byte)'\n';
    private const byte Cr = (byte)'\r';

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int _start;
    private int _end;
    private int _scanned;
    private bool _skippingLine;

    /// <summary>Octets that were fed and not read yet.</summary>
    public int Buffered => _end - _start;

    /// <summary>
    /// What was fed and not read yet; nothing of it is taken. Valid until the next <see cref="GetMemory"/>.
    /// </summary>
    public ReadOnlyMemory<byte> Unread => _buffer.AsMemory(_start, Buffered);

    /// <summary>
    /// True when the last line ended in LF without CR: a server should not accept that within a message.
    /// </summary>
    public bool EndedInBareLf { get; private set; }

    /// <summary>
    /// Room for at least one octet, to be filled from its start. Ends the life of every line returned before.
    /// </summary>
    public Memory<byte> GetMemory()
    {
        if (_start == _end)
        {
            _start = _end = _scanned = 0;
        }
        else if (_end == _buffer.Length)
        {
            MakeRoom();
        }

        return _buffer.AsMemory(_end);
    }

    /// <summary>Says that the first <paramref name="count"/> octets of <see cref="GetMemory"/> were filled.</summary>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _end);
        _end += count;
    }

    /// <summary>
    /// Takes the next line without its ending; it stays valid until the next <see cref="GetMemory"/>.
    /// </summary>
    /// <param name="maxLength">The longest line that is accepted, in octets without the line ending.</param>
    /// <param name="line">The line, or nothing.</param>
    /// <returns>False when no whole line has arrived yet.</returns>
    /// <exception cref="LineTooLongException">
    /// The line is longer. It is thrown once for such a line; its remainder is skipped and reading can go on after it.
    /// </exception>
    public bool TryReadLine(int maxLength, out ReadOnlyMemory<byte> line)
    {
        while (true)
        {
            var found = _buffer.AsSpan(_scanned, _end - _scanned).IndexOf(Lf);
            if (found < 0)
            {
                _scanned = _end;
                line = default;
                RefuseUnfinished(maxLength);
                return false;
            }

            var lf = _scanned + found;
            var end = lf > _start && _buffer[lf - 1] == Cr ? lf - 1 : lf;
            line = _buffer.AsMemory(_start, end - _start);
            _start = _scanned = lf + 1;
            if (_skippingLine)
            {
                _skippingLine = false;
                continue;
            }

            EndedInBareLf = end == lf;
            return line.Length <= maxLength ? true : throw new LineTooLongException(maxLength);
        }
    }

    /// <summary>
    /// Takes up to <paramref name="maxLength"/> octets as they are; valid until the next <see cref="GetMemory"/>.
    /// </summary>
    public ReadOnlyMemory<byte> Take(int maxLength)
    {
        var taken = _buffer.AsMemory(_start, Math.Min(maxLength, Buffered));
        _start += taken.Length;
        _scanned = Math.Max(_scanned, _start);
        return taken;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _start = _end = _scanned = 0;
        }
    }

    private void RefuseUnfinished(int maxLength)
    {
        if (_skippingLine)
        {
            _start = _scanned = _end;
        }
        else if (Buffered > maxLength && !(Buffered == maxLength + 1 && _buffer[_end - 1] == Cr))
        {
            _skippingLine = true;
            _start = _scanned = _end;
            throw new LineTooLongException(maxLength);
        }
    }

    private void MakeRoom()
    {
        var kept = _buffer.AsSpan(_start, Buffered);
        if (_start > 0)
        {
            // In place would overwrite nothing that is still needed, as lines returned earlier end here by contract.
            kept.CopyTo(_buffer);
        }
        else
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            kept.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        _scanned -= _start;
        _end -= _start;
        _start = 0;
    }
}
