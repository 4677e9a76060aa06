using System.Buffers.Binary;

namespace MailAdmin.Dns.Wire;

/// <summary>
/// One query as octets, and the test whether a message is the reply to it (RFC 5452 §9.1): same ID, same question, and
/// a response. Source address and port are the connected socket's affair.
/// </summary>
internal sealed class DnsQuery
{
    /// <summary>The size that passes every path without fragments (RFC 6891 §6.2.5, DNS flag day 2020).</summary>
    public const int UdpPayload = 1232;

    private const int OptOctets = 11;
    private const int DnssecOkBit = 0x8000;

    private readonly byte[] _octets;
    private readonly int _questionEnd;

    /// <summary>Writes the query.</summary>
    /// <param name="question">What to ask.</param>
    /// <param name="flags">The header's flags.</param>
    /// <param name="edns">Whether to add an OPT record (RFC 6891).</param>
    /// <param name="dnssecOk">Whether signatures are wanted (DO bit, RFC 3225).</param>
    public DnsQuery(DnsQuestion question, int flags, bool edns, bool dnssecOk)
    {
        var name = question.Name.Wire;
        _questionEnd = MessageHeader.Octets + name.Length + 4;
        _octets = new byte[_questionEnd + (edns ? OptOctets : 0)];
        new MessageHeader(0, flags, 1, 0, 0, edns ? 1 : 0).Write(_octets);
        name.CopyTo(_octets.AsSpan(MessageHeader.Octets));
        BinaryPrimitives.WriteUInt16BigEndian(_octets.AsSpan(_questionEnd - 4), (ushort)question.Type);
        BinaryPrimitives.WriteUInt16BigEndian(_octets.AsSpan(_questionEnd - 2), MessageReader.Internet);
        if (edns)
        {
            // Name (root), type, size, upper response code, version, flags, no options.
            var opt = _octets.AsSpan(_questionEnd);
            BinaryPrimitives.WriteUInt16BigEndian(opt[1..], MessageReader.OptType);
            BinaryPrimitives.WriteUInt16BigEndian(opt[3..], UdpPayload);
            BinaryPrimitives.WriteUInt16BigEndian(opt[7..], (ushort)(dnssecOk ? DnssecOkBit : 0));
        }
    }

    /// <summary>What goes on the wire.</summary>
    public ReadOnlyMemory<byte> Octets => _octets;

    /// <summary>Pairs reply and query; a new one for each try.</summary>
    public ushort Id
    {
        get => BinaryPrimitives.ReadUInt16BigEndian(_octets);
        set => BinaryPrimitives.WriteUInt16BigEndian(_octets, value);
    }

    /// <summary>True when the message is the reply to this query.</summary>
    public bool IsAnsweredBy(ReadOnlySpan<byte> message)
    {
        if (!MessageHeader.TryRead(message, out var header)
            || header.Id != Id
            || !header.Has(MessageHeader.Response)
            || !header.IsStandard)
        {
            return false;
        }

        // A server that cannot read a query has no question to repeat.
        return header.Questions == 0
            ? header.ResponseCode is ResponseCode.FormatError or ResponseCode.NotImplemented
            : header.Questions == 1 && message.Length >= _questionEnd && HasQuestion(message);
    }

    private bool HasQuestion(ReadOnlySpan<byte> message)
    {
        var typeAt = _questionEnd - 4;
        return message[typeAt.._questionEnd].SequenceEqual(_octets.AsSpan(typeAt, 4))
            && DnsName.SameOctets(message[MessageHeader.Octets..typeAt], _octets.AsSpan(MessageHeader.Octets..typeAt));
    }
}
