using System.Buffers;

namespace MailAdmin.Net;

/// <summary>
/// Gathers output in a pooled buffer until it is sent; it grows when the dialogue needs more than it holds.
/// </summary>
internal sealed class OutputBuffer : IDisposable
{
    private const int InitialSize = 64 * 1024;

    private byte[] _octets = ArrayPool<byte>.Shared.Rent(InitialSize);

    public int Length { get; private set; }

    public int Capacity => _octets.Length;

    public int Room => _octets.Length - Length;

    public void Append(ReadOnlySpan<byte> octets)
    {
        if (octets.Length > Room)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_octets.Length * 2, Length + octets.Length));
            _octets.AsSpan(0, Length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_octets);
            _octets = larger;
        }

        octets.CopyTo(_octets.AsSpan(Length));
        Length += octets.Length;
    }

    /// <summary>
    /// Everything gathered; valid until the next <see cref="Append"/>. The buffer counts as empty afterwards.
    /// </summary>
    public ReadOnlyMemory<byte> TakeAll()
    {
        var all = _octets.AsMemory(0, Length);
        Length = 0;
        return all;
    }

    public void Dispose()
    {
        if (_octets.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_octets);
            _octets = [];
            Length = 0;
        }
    }
}
