using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace MailAdmin.Smtp;

/// <summary>
/// The one place where commands become octets: composes a line in a buffer that is used again, and refuses what would
/// end the line early (CR, LF, NUL) or is longer than a server must take (RFC 5321 §4.5.3.1.4: 512 octets with CRLF,
/// more by what each extension allows itself).
/// </summary>
internal sealed class SmtpCommandLine
{
    internal const int MaxLength = 512;

    private static readonly SearchValues<byte> Unsafe = SearchValues.Create("\r\n\0"u8);

    private byte[] _octets = new byte[MaxLength];
    private int _length;

    internal int Length => _length;

    internal SmtpCommandLine Begin(ReadOnlySpan<byte> verb)
    {
        _length = 0;
        return Append(verb);
    }

    internal SmtpCommandLine Append(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(Room(octets.Length));
        _length += octets.Length;
        return this;
    }

    internal SmtpCommandLine Append(string text)
    {
        _length += Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length)));
        return this;
    }

    internal SmtpCommandLine Append(long number)
    {
        const int MaxDigits = 20;
        Utf8Formatter.TryFormat(number, Room(MaxDigits), out var written);
        _length += written;
        return this;
    }

    internal SmtpCommandLine AppendBase64(ReadOnlySpan<byte> octets)
    {
        Base64.EncodeToUtf8(octets, Room(Base64.GetMaxEncodedToUtf8Length(octets.Length)), out _, out var written);
        _length += written;
        return this;
    }

    /// <summary>The line with CRLF; valid until the next <see cref="Begin"/>.</summary>
    /// <param name="stage">Which command it is; errors name it.</param>
    /// <param name="maxLength">Octets with CRLF.</param>
    /// <exception cref="SmtpCommandFormatException">It must not be sent.</exception>
    internal ReadOnlySpan<byte> End(SmtpStage stage, int maxLength = MaxLength)
    {
        if (_octets.AsSpan(0, _length).IndexOfAny(Unsafe) >= 0)
        {
            throw SmtpCommandFormatException.Unsafe(stage);
        }

        Append("\r\n"u8);
        return _length <= maxLength
            ? _octets.AsSpan(0, _length)
            : throw SmtpCommandFormatException.TooLong(stage, _length, maxLength);
    }

    /// <summary>Overwrites a secret.</summary>
    internal void Clear()
    {
        _octets.AsSpan().Clear();
        _length = 0;
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
