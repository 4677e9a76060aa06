using System.Runtime.InteropServices;

namespace MailAdmin.Mime.Encodings;

/// <summary>A few octets that are held back.</summary>
internal sealed class WireList
{
    private readonly List<byte> _octets = [];

    public int Length => _octets.Count;

    public ReadOnlySpan<byte> Written => CollectionsMarshal.AsSpan(_octets);

    public void Add(byte octet) => _octets.Add(octet);

    public void Clear() => _octets.Clear();
}
