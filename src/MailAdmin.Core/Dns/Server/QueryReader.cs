using System.Diagnostics.CodeAnalysis;
using System.Net;
using MailAdmin.Dns.Wire;

namespace MailAdmin.Dns.Server;

/// <summary>Reads queries.</summary>
internal static class QueryReader
{
    private const uint DnssecOkBit = 0x8000;

    /// <summary>Reads a query of one question; false when it is none.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> message,
        IPEndPoint client,
        bool usedTcp,
        [NotNullWhen(true)] out DnsTestQuery? query)
    {
        query = null;
        if (!MessageHeader.TryRead(message, out var header)
            || header.Has(MessageHeader.Response)
            || header is not { IsStandard: true, Questions: 1, Answers: 0, Authorities: 0, Additionals: <= 1 })
        {
            return false;
        }

        var reader = new WireReader(message, MessageHeader.Octets, DnsName.Root);
        var question = new DnsQuestion(reader.ReadName(), (DnsRecordType)reader.ReadUInt16());
        var isInternet = reader.ReadUInt16() == MessageReader.Internet;
        query = new DnsTestQuery
        {
            Question = question,
            Client = client,
            UsedTcp = usedTcp,
            Id = header.Id,
            Flags = header.Flags,
            DisablesChecking = header.Has(MessageHeader.CheckingDisabled),
        };
        if (header.Additionals == 1)
        {
            query = ReadEdns(ref reader, query);
        }

        return isInternet && !reader.Failed;
    }

    private static DnsTestQuery ReadEdns(ref WireReader reader, DnsTestQuery query)
    {
        reader.ReadName();
        var isOpt = reader.ReadUInt16() == MessageReader.OptType;
        var payload = reader.ReadUInt16();
        var flags = reader.ReadUInt32();
        reader.ReadOctets(reader.ReadUInt16());
        return !isOpt ? query : query with
        {
            HasEdns = true,
            UdpPayload = Math.Max(payload, query.UdpPayload),
            WantsSignatures = (flags & DnssecOkBit) != 0,
        };
    }
}
