using System.Buffers.Binary;

namespace MailAdmin.Dns.Wire;

/// <summary>The first twelve octets of a message (RFC 1035 §4.1.1; AD and CD: RFC 4035 §3.2).</summary>
/// <param name="Id">Pairs reply and query.</param>
/// <param name="Flags">QR, opcode, AA, TC, RD, RA, AD, CD and the response code.</param>
/// <param name="Questions">Entries in the question section.</param>
/// <param name="Answers">Records in the answer section.</param>
/// <param name="Authorities">Records in the authority section.</param>
/// <param name="Additionals">Records in the additional section.</param>
internal readonly record struct MessageHeader(
    ushort Id,
    int Flags,
    int Questions,
    int Answers,
    int Authorities,
    int Additionals)
{
    public const int Octets = 12;
    public const int Response = 0x8000;
    public const int Authoritative = 0x0400;
    public const int Truncated = 0x0200;
    public const int RecursionDesired = 0x0100;
    public const int RecursionAvailable = 0x0080;
    public const int AuthenticatedData = 0x0020;
    public const int CheckingDisabled = 0x0010;

    private const int OpcodeBits = 0x7800;

    /// <summary>The lower four bits of the response code.</summary>
    public int ResponseCode => Flags & 15;

    /// <summary>True for a query or reply of the standard kind, opcode 0.</summary>
    public bool IsStandard => (Flags & OpcodeBits) == 0;

    /// <summary>True when all the bits are set.</summary>
    public bool Has(int flags) => (Flags & flags) == flags;

    /// <summary>Reads a header; false when there are not enough octets.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out MessageHeader header)
    {
        if (message.Length < Octets)
        {
            header = default;
            return false;
        }

        header = new MessageHeader(
            BinaryPrimitives.ReadUInt16BigEndian(message),
            BinaryPrimitives.ReadUInt16BigEndian(message[2..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[4..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[6..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[8..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[10..]));
        return true;
    }

    /// <summary>Writes it.</summary>
    public void Write(Span<byte> message)
    {
        BinaryPrimitives.WriteUInt16BigEndian(message, Id);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], (ushort)Flags);
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], (ushort)Questions);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], (ushort)Answers);
        BinaryPrimitives.WriteUInt16BigEndian(message[8..], (ushort)Authorities);
        BinaryPrimitives.WriteUInt16BigEndian(message[10..], (ushort)Additionals);
    }
}
