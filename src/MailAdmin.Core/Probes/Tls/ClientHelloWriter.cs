using System.Buffers.Binary;
using System.Text;

namespace MailAdmin.Probes.Tls;

/// <summary>
/// Writes a ClientHello as one record (RFC 5246 §7.4.1.2, RFC 8446 §4.1.2). It is good for finding out what the server
/// answers, not for going on: nobody holds the private key of its key share.
/// <code>
/// record    type 22 | version | length(2)
/// handshake type 1  | length(3)
///           version | random(32) | session id | cipher suites | compression 0 | extensions
/// </code>
/// </summary>
internal sealed class ClientHelloWriter
{
    /// <summary>The octets of randomness that a hello takes: its random, a session id, and a key share.</summary>
    public const int RandomLength = 96;

    private const int X25519 = 29;

    // x25519, secp256r1, secp384r1, secp521r1, ffdhe2048, ffdhe3072.
    private static readonly int[] Groups = [X25519, 23, 24, 25, 256, 257];

    // What any server of any version could sign with, MD5 left out.
    private static readonly int[] Signatures =
    [
        0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080A, 0x080B,
        0x0401, 0x0501, 0x0601, 0x0402, 0x0303, 0x0301, 0x0203, 0x0201, 0x0202,
    ];

    private readonly List<byte> _octets = [];

    private ClientHelloWriter()
    {
    }

    /// <summary>The record.</summary>
    /// <param name="hello">What to offer.</param>
    /// <param name="random"><see cref="RandomLength"/> unpredictable octets.</param>
    public static byte[] Write(ClientHello hello, ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, RandomLength);
        var writer = new ClientHelloWriter();
        writer.WriteRecord(hello, random.ToArray());
        return [.. writer._octets];
    }

    private void WriteRecord(ClientHello hello, byte[] random)
    {
        _octets.Add(22);

        // Servers that are confused by a new version in the record's header were many (RFC 8446 §5.1).
        Number((int)(hello.Version == TlsVersion.Ssl30 ? TlsVersion.Ssl30 : TlsVersion.Tls10), 2);
        Block(2, () =>
        {
            _octets.Add(1);
            Block(3, () => WriteBody(hello, random));
        });
    }

    private void WriteBody(ClientHello hello, byte[] random)
    {
        var isNew = hello.Version == TlsVersion.Tls13;
        Number((int)(isNew ? TlsVersion.Tls12 : hello.Version), 2);
        _octets.AddRange(random[..32]);
        Block(1, () => _octets.AddRange(isNew ? random[32..64] : []));
        Block(2, () => Numbers(hello.CipherSuites.Select(suite => (int)suite)));
        Block(1, () => _octets.Add(0));
        if (hello.Version != TlsVersion.Ssl30)
        {
            Block(2, () => WriteExtensions(hello, random[64..]));
        }
    }

    private void WriteExtensions(ClientHello hello, byte[] keyShare)
    {
        if (hello.ServerName is { } name)
        {
            Extension(0, () => Block(2, () =>
            {
                _octets.Add(0);
                Block(2, () => _octets.AddRange(Encoding.ASCII.GetBytes(name)));
            }));
        }

        Extension(10, () => Block(2, () => Numbers(Groups)));
        Extension(11, () => Block(1, () => _octets.Add(0)));
        if (hello.Version >= TlsVersion.Tls12)
        {
            Extension(13, () => Block(2, () => Numbers(Signatures)));
        }

        if (hello.Version == TlsVersion.Tls13)
        {
            Extension(43, () => Block(1, () => Number((int)TlsVersion.Tls13, 2)));
            Extension(45, () => Block(1, () => _octets.Add(1)));
            Extension(51, () => Block(2, () =>
            {
                Number(X25519, 2);
                Block(2, () => _octets.AddRange(keyShare));
            }));
        }
        else
        {
            // renegotiation_info (RFC 5746): some servers refuse clients without it.
            Extension(0xFF01, () => _octets.Add(0));
        }
    }

    private void Extension(int type, Action content)
    {
        Number(type, 2);
        Block(2, content);
    }

    /// <summary>Content behind its length.</summary>
    private void Block(int lengthOctets, Action content)
    {
        var start = _octets.Count;
        Number(0, lengthOctets);
        content();
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, _octets.Count - start - lengthOctets);
        for (var i = 0; i < lengthOctets; i++)
        {
            _octets[start + i] = length[4 - lengthOctets + i];
        }
    }

    private void Numbers(IEnumerable<int> values)
    {
        foreach (var value in values)
        {
            Number(value, 2);
        }
    }

    private void Number(int value, int octets)
    {
        for (var shift = (octets - 1) * 8; shift >= 0; shift -= 8)
        {
            _octets.Add((byte)(value >> shift));
        }
    }
}
