using System.Diagnostics.CodeAnalysis;
using System.Text;
using MailAdmin.Dns.Records;

namespace MailAdmin.Dns.Wire;

/// <summary>Reads whole messages. Octets after the last record are ignored, as other resolvers do.</summary>
internal static class MessageReader
{
    /// <summary>The type of the OPT record (RFC 6891 §6.1.1).</summary>
    public const int OptType = 41;

    /// <summary>Class IN.</summary>
    public const int Internet = 1;

    private const int ExtendedErrorOption = 15;
    private const int MaxErrorTextOctets = 512;

    /// <summary>Reads a reply; false when it is not a whole and sound message.</summary>
    /// <param name="message">The octets.</param>
    /// <param name="asked">The name in the question: most owners are the same, and then share it.</param>
    /// <param name="reply">The message.</param>
    public static bool TryRead(ReadOnlySpan<byte> message, DnsName asked, [NotNullWhen(true)] out DnsMessage? reply)
    {
        reply = null;
        if (!MessageHeader.TryRead(message, out var header))
        {
            return false;
        }

        var reader = new WireReader(message, MessageHeader.Octets, asked);
        for (var i = 0; i < header.Questions && !reader.Failed; i++)
        {
            reader.ReadName();
            reader.ReadUInt32();
        }

        var answers = ReadAnswers(ref reader, header.Answers);
        var (authority, hasReferral) = ReadAuthorities(ref reader, header.Authorities);
        var edns = ReadAdditionals(ref reader, header.Additionals);
        if (reader.Failed)
        {
            return false;
        }

        var code = header.ResponseCode | ((edns?.UpperResponseCode ?? 0) << 4);
        reply = new DnsMessage(header, code, answers, authority, hasReferral, edns is not null, edns?.Errors ?? []);
        return true;
    }

    private static IReadOnlyList<DnsRecord> ReadAnswers(ref WireReader reader, int count)
    {
        if (count == 0)
        {
            return [];
        }

        // The count is the peer's word; the list grows only with records that are there.
        var answers = new List<DnsRecord>(Math.Min(count, 4));
        for (var i = 0; i < count && !reader.Failed; i++)
        {
            var start = RecordStart.Read(ref reader);
            var outer = reader.Enter(start.DataLength);
            if (start.Class == Internet)
            {
                answers.Add(RecordReader.Read(ref reader, start.Name, (DnsRecordType)start.Type, start.TimeToLive));
            }
            else
            {
                reader.ReadOctets(reader.Remaining);
            }

            reader.Leave(outer);
        }

        return answers;
    }

    private static (SoaRecord? Authority, bool HasReferral) ReadAuthorities(ref WireReader reader, int count)
    {
        SoaRecord? authority = null;
        var hasReferral = false;
        for (var i = 0; i < count && !reader.Failed; i++)
        {
            var start = RecordStart.Read(ref reader);
            var outer = reader.Enter(start.DataLength);
            hasReferral |= start.Type == (int)DnsRecordType.NS;
            if (authority is null && start.Type == (int)DnsRecordType.SOA && start.Class == Internet)
            {
                authority = (SoaRecord)RecordReader.Read(ref reader, start.Name, DnsRecordType.SOA, start.TimeToLive);
            }
            else
            {
                reader.ReadOctets(reader.Remaining);
            }

            reader.Leave(outer);
        }

        return (authority, hasReferral);
    }

    private static Edns? ReadAdditionals(ref WireReader reader, int count)
    {
        Edns? edns = null;
        for (var i = 0; i < count && !reader.Failed; i++)
        {
            var start = RecordStart.Read(ref reader);
            var outer = reader.Enter(start.DataLength);
            if (edns is null && start.Type == OptType)
            {
                edns = new Edns((int)(start.RawTimeToLive >> 24), ReadErrors(ref reader));
            }
            else
            {
                reader.ReadOctets(reader.Remaining);
            }

            reader.Leave(outer);
        }

        return edns;
    }

    private static IReadOnlyList<DnsExtendedError> ReadErrors(ref WireReader reader)
    {
        List<DnsExtendedError>? errors = null;
        while (reader.Remaining > 0 && !reader.Failed)
        {
            var option = reader.ReadUInt16();
            var data = reader.ReadOctets(reader.ReadUInt16());
            if (option == ExtendedErrorOption && data.Length >= 2)
            {
                (errors ??= []).Add(new DnsExtendedError((data[0] << 8) | data[1], Printable(data[2..])));
            }
        }

        return errors ?? (IReadOnlyList<DnsExtendedError>)[];
    }

    private static string Printable(ReadOnlySpan<byte> text)
    {
        var characters = Encoding.UTF8.GetString(text[..Math.Min(text.Length, MaxErrorTextOctets)].TrimEnd((byte)0));
        return string.Concat(characters.Select(c => char.IsControl(c) ? '\uFFFD' : c));
    }

    private sealed record Edns(int UpperResponseCode, IReadOnlyList<DnsExtendedError> Errors);

    /// <summary>What every record begins with (RFC 1035 §4.1.3).</summary>
    private readonly ref struct RecordStart(DnsName name, int type, int @class, uint rawTimeToLive, int dataLength)
    {
        public DnsName Name { get; } = name;

        public int Type { get; } = type;

        public int Class { get; } = @class;

        public uint RawTimeToLive { get; } = rawTimeToLive;

        public int DataLength { get; } = dataLength;

        /// <summary>With the top bit set it counts as zero (RFC 2181 §8).</summary>
        public TimeSpan TimeToLive => TimeSpan.FromSeconds(RawTimeToLive > int.MaxValue ? 0 : RawTimeToLive);

        public static RecordStart Read(ref WireReader reader) => new(
            reader.ReadName(), reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadUInt32(), reader.ReadUInt16());
    }
}
