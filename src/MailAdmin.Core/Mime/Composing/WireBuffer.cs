using System.Buffers;
using System.Text;

namespace MailAdmin.Mime.Composing;

/// <summary>A growing buffer of octets from the shared pool. Disposing gives the memory back.</summary>
internal sealed class WireBuffer(int capacity) : IDisposable
{
    private byte[]? _octets = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => Array().AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => Array().AsMemory(0, Length);

    /// <summary>Room for at least <paramref name="count"/> octets behind what is written.</summary>
    public Span<byte> Reserve(int count)
    {
        var octets = Array();
        if (octets.Length - Length < count)
        {
            octets = Grow(octets, count);
        }

        return octets.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    public void Truncate(int length) => Length = length;

    public void Append(byte octet)
    {
        Reserve(1)[0] = octet;
        Length++;
    }

    public void Append(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(Reserve(octets.Length));
        Length += octets.Length;
    }

    /// <summary>Appends text in UTF-8; lone surrogates become U+FFFD.</summary>
    public void Append(ReadOnlySpan<char> text) =>
        Length += Encoding.UTF8.GetBytes(text, Reserve(Encoding.UTF8.GetMaxByteCount(text.Length)));

    public void AppendLine() => Append("\r\n"u8);

    public void Dispose()
    {
        if (_octets is { } octets)
        {
            _octets = null;
            ArrayPool<byte>.Shared.Return(octets);
        }
    }

    private byte[] Array() => _octets ?? throw new ObjectDisposedException(nameof(WireBuffer));

    private byte[] Grow(byte[] old, int count)
    {
        var twice = (int)Math.Min(old.Length * 2L, int.MaxValue / 2);
        var grown = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Length + count), twice));
        old.AsSpan(0, Length).CopyTo(grown);
        _octets = grown;
        ArrayPool<byte>.Shared.Return(old);
        return grown;
    }
}
