using System.Formats.Asn1;
using System.Numerics;

namespace MailAdmin.DomainChecks.Dkim;

/// <summary>A public key for signatures (RFC 6376 §3.6.1, RFC 8463 for Ed25519).</summary>
public sealed record DkimKeyRecord
{
    internal const string Version = "DKIM1";
    private const string Rsa = "rsa";
    private const string Ed25519 = "ed25519";
    private const int Ed25519Octets = 32;

    private DkimKeyRecord(string text) => Text = text;

    /// <summary>The record.</summary>
    public string Text { get; }

    /// <summary>The algorithm (<c>k=</c>): <c>rsa</c> unless the record says otherwise.</summary>
    public string Algorithm { get; private init; } = Rsa;

    /// <summary>The size of the key; 0 when there is none, or when it cannot be read.</summary>
    public int Bits { get; private init; }

    /// <summary>True when the owner has withdrawn the key (an empty <c>p=</c>).</summary>
    public bool IsRevoked { get; private init; }

    /// <summary>True when the domain only tests signatures (<c>t=y</c>), so that receivers ignore them.</summary>
    public bool IsTesting { get; private init; }

    /// <summary>The hashes that it allows (<c>h=</c>); none means all.</summary>
    public IReadOnlyList<string> Hashes { get; private init; } = [];

    /// <summary>The services that it is for (<c>s=</c>); none means all.</summary>
    public IReadOnlyList<string> Services { get; private init; } = [];

    /// <summary>Why receivers cannot use the record; null when they can.</summary>
    public Phrase? Fault { get; private init; }

    /// <summary>True for an Ed25519 key.</summary>
    internal bool IsEd25519 => Algorithm == Ed25519;

    internal static DkimKeyRecord Read(string text)
    {
        var tags = TagList.Read(text);
        var record = new DkimKeyRecord(text)
        {
            Algorithm = tags["k"] ?? Rsa,
            Hashes = tags.Items("h", ':'),
            Services = tags.Items("s", ':'),
            IsTesting = tags.Items("t", ':').Contains("y"),
            IsRevoked = tags["p"] is "",
        };
        if (tags.Faults is [var broken, ..])
        {
            return record with { Fault = broken };
        }

        var position = tags.Tags.Select(tag => tag.Name).ToList().IndexOf("v");
        if (position > 0 || (position == 0 && tags["v"] != Version))
        {
            return record with { Fault = new Phrase("DkimVersion") };
        }

        if (tags["p"] is not { } data)
        {
            return record with { Fault = new Phrase("DkimNoKeyData") };
        }

        return record.IsRevoked ? record : record.WithKey(data);
    }

    private DkimKeyRecord WithKey(string data)
    {
        // Long keys are often broken up by white space, which base64 in .NET allows as well.
        var key = new byte[data.Length];
        if (!Convert.TryFromBase64String(data, key, out var length))
        {
            return this with { Fault = new Phrase("DkimKeyNotBase64") };
        }

        switch (Algorithm)
        {
            case Rsa:
                var bits = RsaBits(key.AsMemory(0, length));
                return bits > 0 ? this with { Bits = bits } : this with { Fault = new Phrase("DkimKeyNotRsa") };

            case Ed25519:
                return length == Ed25519Octets
                    ? this with { Bits = Ed25519Octets * 8 }
                    : this with { Fault = new Phrase("DkimKeyNotEd25519", length) };

            default:
                return this with { Fault = new Phrase("DkimAlgorithm", Algorithm) };
        }
    }

    /// <summary>
    /// Reads SubjectPublicKeyInfo (RFC 5280), or a bare RSAPublicKey (RFC 8017), which is seen as well.
    /// </summary>
    private static int RsaBits(ReadOnlyMemory<byte> der)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            if (outer.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
            {
                outer.ReadSequence();
                outer = new AsnReader(outer.ReadBitString(out _), AsnEncodingRules.DER).ReadSequence();
            }

            var modulus = outer.ReadInteger();
            return modulus.Sign > 0 && outer.ReadInteger() > BigInteger.One ? (int)modulus.GetBitLength() : 0;
        }
        catch (AsnContentException)
        {
            return 0;
        }
    }
}
