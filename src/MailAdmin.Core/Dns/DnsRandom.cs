using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MailAdmin.Dns;

/// <summary>
/// The unpredictable part of a query (RFC 5452 §9.2), from a cryptographic generator: who cannot see the traffic has to
/// guess ID and port together.
/// </summary>
internal sealed class DnsRandom(RandomNumberGenerator generator)
{
    /// <summary>Any 16 bits.</summary>
    public ushort Next()
    {
        Span<byte> octets = stackalloc byte[2];
        generator.GetBytes(octets);
        return BinaryPrimitives.ReadUInt16LittleEndian(octets);
    }

    /// <summary>A number from 0 up to but without the bound, which is far below 65,536.</summary>
    public int Below(int bound) => bound <= 1 ? 0 : Next() % bound;
}
