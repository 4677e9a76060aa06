using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace MailAdmin.Smtp;

/// <summary>
/// The one place where commands become octets: composes one line or a group of them in a buffer that is used again.
/// Refuses what would end a line early (CR, LF, NUL) or is longer than a server must take (RFC 5321 §4.5.3.1.4), and
/// then drops the whole group, so that never a part of it gets out.
/// </summary>
internal sealed class SmtpCommandBuffer
{
    /// <summary>Octets of a command with CRLF.</summary>
    internal const int MaxLength = 512;

    /// <summary>
    /// Octets of MAIL and RCPT with the parameters of all extensions: each raises the limit by what it may take, most
    /// of all RFC 3461 §4.2 by 500 for ORCPT.
    /// </summary>
    internal const int MaxLengthWithParameters = 1100;

    private static readonly SearchValues<byte> Unsafe = SearchValues.Create("\r\n\0"u8);

    private byte[] _octets = new byte[1024];
    private int _length;
    private int _lineStart;

    /// <summary>All complete lines.</summary>
    internal ReadOnlySpan<byte> Lines => _octets.AsSpan(0, _lineStart);

    /// <summary>Octets of the line that is being composed.</summary>
    internal int LineLength => _length - _lineStart;

    internal SmtpCommandBuffer Append(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(Room(octets.Length));
        _length += octets.Length;
        return this;
    }

    internal SmtpCommandBuffer Append(string text)
    {
        _length += Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length)));
        return this;
    }

    internal SmtpCommandBuffer Append(long number)
    {
        const int MaxDigits = 20;
        Utf8Formatter.TryFormat(number, Room(MaxDigits), out var written);
        _length += written;
        return this;
    }

    internal SmtpCommandBuffer AppendBase64(ReadOnlySpan<byte> octets)
    {
        Base64.EncodeToUtf8(octets, Room(Base64.GetMaxEncodedToUtf8Length(octets.Length)), out _, out var written);
        _length += written;
        return this;
    }

    /// <summary>Completes the line.</summary>
    /// <param name="stage">Which command it is; errors name it.</param>
    /// <param name="maxLength">Octets with CRLF.</param>
    /// <exception cref="SmtpCommandFormatException">It must not be sent; the whole group is gone.</exception>
    internal SmtpCommandBuffer End(SmtpStage stage, int maxLength = MaxLength)
    {
        var length = LineLength + 2;
        if (_octets.AsSpan(_lineStart, LineLength).IndexOfAny(Unsafe) >= 0)
        {
            Reset();
            throw SmtpCommandFormatException.Unsafe(stage);
        }

        if (length > maxLength)
        {
            Reset();
            throw SmtpCommandFormatException.TooLong(stage, length, maxLength);
        }

        Append("\r\n"u8);
        _lineStart = _length;
        return this;
    }

    /// <summary>Forgets everything.</summary>
    internal void Reset() => _length = _lineStart = 0;

    /// <summary>Forgets everything and overwrites it, where it was a secret.</summary>
    internal void Erase()
    {
        _octets.AsSpan().Clear();
        Reset();
    }

    private Span<byte> Room(int count)
    {
        if (_octets.Length - _length < count)
        {
            var larger = new byte[Math.Max(_octets.Length * 2, _length + count)];
            _octets.AsSpan(0, _length).CopyTo(larger);
            _octets.AsSpan().Clear();
            _octets = larger;
        }

        return _octets.AsSpan(_length);
    }
}
