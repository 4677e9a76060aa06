using System.Buffers.Binary;

namespace MailAdmin.Dns.Wire;

/// <summary>
/// Reads the parts of a message (RFC 1035 §4.1). What does not fit sets <see cref="Failed"/> and reads as zero, so a
/// caller reads on and asks once at the end; no input makes it throw or loop.
/// </summary>
internal ref struct WireReader
{
    // A name has at most 127 labels, and no sender needs a pointer for each; with the rule that pointers go backwards
    // this bounds the work that a hostile message can cause.
    private const int MaxPointers = 127;

    private readonly ReadOnlySpan<byte> _message;
    private int _end;
    private readonly DnsName _likelyName;
    private DnsName _lastName;

    /// <summary>Begins at an offset of a message; where the likely name stands, that object is read.</summary>
    public WireReader(ReadOnlySpan<byte> message, int position, DnsName likelyName)
    {
        _message = message;
        _end = message.Length;
        _likelyName = _lastName = likelyName;
        Position = position;
    }

    /// <summary>The offset of the next octet.</summary>
    public int Position { get; private set; }

    /// <summary>True when something did not fit; nothing that was read since can be used.</summary>
    public bool Failed { get; private set; }

    /// <summary>The octets that are left before the end, or before that of the current record's data.</summary>
    public readonly int Remaining => _end - Position;

    /// <summary>Limits what is read to a record's data; give the result to <see cref="Leave"/>.</summary>
    public int Enter(int length)
    {
        var outer = _end;
        if (length > Remaining)
        {
            Fail();
        }
        else
        {
            _end = Position + length;
        }

        return outer;
    }

    /// <summary>Ends the limit; data that was not read whole is a fault.</summary>
    public void Leave(int outer)
    {
        Failed |= Remaining != 0;
        _end = outer;
    }

    /// <summary>An octet.</summary>
    public byte ReadByte() => ReadOctets(1) is [var octet] ? octet : (byte)0;

    /// <summary>16 bits.</summary>
    public int ReadUInt16() => ReadOctets(2) is { Length: 2 } octets ? BinaryPrimitives.ReadUInt16BigEndian(octets) : 0;

    /// <summary>32 bits.</summary>
    public uint ReadUInt32() =>
        ReadOctets(4) is { Length: 4 } octets ? BinaryPrimitives.ReadUInt32BigEndian(octets) : 0;

    /// <summary>As many octets; they stay in the message.</summary>
    public ReadOnlySpan<byte> ReadOctets(int count)
    {
        if (count > Remaining)
        {
            Fail();
            return default;
        }

        var octets = _message.Slice(Position, count);
        Position += count;
        return octets;
    }

    /// <summary>All that is left of the record's data, copied.</summary>
    public byte[] ReadRest() => ReadOctets(Remaining).ToArray();

    /// <summary>A string with its length in front (RFC 1035 §3.3), copied.</summary>
    public byte[] ReadString() => ReadOctets(ReadByte()).ToArray();

    /// <summary>A name, decompressed (RFC 1035 §4.1.4). Pointers may only lead to what stands before them.</summary>
    public DnsName ReadName()
    {
        Span<byte> wire = stackalloc byte[DnsName.MaxOctets];
        var length = 0;
        var (at, end, segmentStart, pointers) = (Position, _end, Position, 0);
        while (at < end)
        {
            var octet = _message[at];
            if (octet <= DnsName.MaxLabelOctets)
            {
                var next = at + octet + 1;
                if (next > end || length + octet + 1 > wire.Length)
                {
                    break;
                }

                _message[at..next].CopyTo(wire[length..]);
                length += octet + 1;
                at = next;
                if (octet == 0)
                {
                    Position = pointers == 0 ? at : Position;
                    return Name(wire[..length]);
                }
            }
            else
            {
                if (octet < 0xC0 || at + 1 == end)
                {
                    break;
                }

                var target = ((octet & 0x3F) << 8) | _message[at + 1];
                if (target >= segmentStart || pointers == MaxPointers)
                {
                    break;
                }

                Position = pointers++ == 0 ? at + 2 : Position;
                (at, end, segmentStart) = (target, _message.Length, target);
            }
        }

        Fail();
        return DnsName.Root;
    }

    // Records of one answer mostly have the same owner.
    private DnsName Name(scoped ReadOnlySpan<byte> wire)
    {
        if (wire.SequenceEqual(_likelyName.Wire))
        {
            return _likelyName;
        }

        if (!wire.SequenceEqual(_lastName.Wire))
        {
            _lastName = wire.Length == 1 ? DnsName.Root : new DnsName(wire.ToArray());
        }

        return _lastName;
    }

    private void Fail()
    {
        Failed = true;
        Position = _end;
    }
}
