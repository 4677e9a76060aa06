using MailAdmin.Dns.Wire;

namespace MailAdmin.Dns.Server;

/// <summary>Writes the parts of a message, names compressed (RFC 1035 §4.1.4).</summary>
internal sealed class MessageWriter
{
    private const int MaxPointer = 0x3FFF;

    private readonly List<byte> _octets = [];
    private readonly Dictionary<DnsName, int> _names = [];

    /// <summary>The octets so far.</summary>
    public int Length => _octets.Count;

    public void WriteByte(int value) => _octets.Add((byte)value);

    public void WriteUInt16(int value)
    {
        WriteByte(value >> 8);
        WriteByte(value);
    }

    public void WriteUInt32(uint value)
    {
        WriteUInt16((int)(value >> 16));
        WriteUInt16((int)(value & 0xFFFF));
    }

    public void WriteOctets(ReadOnlySpan<byte> octets) => _octets.AddRange(octets);

    /// <summary>A string with its length in front.</summary>
    public void WriteString(ReadOnlySpan<byte> octets)
    {
        WriteByte(checked((byte)octets.Length));
        WriteOctets(octets);
    }

    /// <summary>A name without compression, as newer types want theirs (RFC 3597 §4).</summary>
    public void WriteWholeName(DnsName name) => WriteOctets(name.Wire);

    /// <summary>A name, its end replaced by a pointer to where that stood before.</summary>
    public void WriteName(DnsName name)
    {
        for (; !name.IsRoot; name = name.Parent)
        {
            if (_names.TryGetValue(name, out var offset))
            {
                WriteUInt16(0xC000 | offset);
                return;
            }

            if (Length <= MaxPointer)
            {
                _names.Add(name, Length);
            }

            WriteString(name.Wire.Slice(1, name.Wire[0]));
        }

        WriteByte(0);
    }

    /// <summary>Leaves room for 16 bits that are known later.</summary>
    public int ReserveUInt16()
    {
        WriteUInt16(0);
        return Length - 2;
    }

    public void SetUInt16(int at, int value) => (_octets[at], _octets[at + 1]) = ((byte)(value >> 8), (byte)value);

    /// <summary>Takes back what was written since the message was this long.</summary>
    public void CutTo(int length)
    {
        _octets.RemoveRange(length, Length - length);
        foreach (var name in _names.Where(name => name.Value >= length).Select(name => name.Key).ToArray())
        {
            _names.Remove(name);
        }
    }

    /// <summary>What was written.</summary>
    public byte[] ToArray() => _octets.ToArray();

    /// <summary>The message with its header filled in.</summary>
    public byte[] ToArray(MessageHeader header)
    {
        var message = _octets.ToArray();
        header.Write(message);
        return message;
    }
}
