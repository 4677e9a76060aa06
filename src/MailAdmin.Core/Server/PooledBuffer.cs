using System.Buffers;

namespace MailAdmin.Server;

/// <summary>Octets that gather in an array from the pool; a large array goes back as soon as it is emptied.</summary>
internal sealed class PooledBuffer : IDisposable
{
    private const int KeptSize = 64 * 1024;

    private byte[] _array = [];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Memory => _array.AsMemory(0, Length);

    public ReadOnlySpan<byte> Span => _array.AsSpan(0, Length);

    public void Append(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(Reserve(octets.Length));
        Length += octets.Length;
    }

    public void Append(byte octet)
    {
        Reserve(1)[0] = octet;
        Length++;
    }

    public void Clear()
    {
        Length = 0;
        if (_array.Length > KeptSize)
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        Length = 0;
        if (_array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
            _array = [];
        }
    }

    private Span<byte> Reserve(int count)
    {
        if (_array.Length - Length < count)
        {
            var doubled = (int)Math.Min(2L * Length, Array.MaxLength);
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + count, doubled));
            Span.CopyTo(larger);
            if (_array.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_array);
            }

            _array = larger;
        }

        return _array.AsSpan(Length);
    }
}
