using System.Net;
using System.Text;
using MailAdmin.Dns.Records;
using MailAdmin.Dns.Wire;

namespace MailAdmin.Dns.Server;

/// <summary>Makes the reply to a query from a zone (RFC 1034 §4.3.2), or a faulty one. Does no I/O.</summary>
internal sealed class DnsResponder(DnsTestZone zone, bool authenticatesData)
{
    private const int MaxAliases = 20;
    private const int ExtendedErrorOption = 15;

    /// <summary>The reply of a server without fault, cut to what the client takes.</summary>
    public byte[] Reply(DnsTestQuery query, DnsFault? fault = null)
    {
        var limit = query.UsedTcp ? ushort.MaxValue : Math.Min(query.UdpPayload, ushort.MaxValue);
        var (code, answers) = fault?.Kind == DnsFaultKind.Error
            ? (fault.ResponseCode, [])
            : Resolve(query.Question);
        if (fault?.Kind == DnsFaultKind.Truncate && !query.UsedTcp)
        {
            return Write(query, code, [], MessageHeader.Truncated, limit, null);
        }

        if (fault?.Kind == DnsFaultKind.Oversize && !query.UsedTcp)
        {
            return [.. Write(query, code, answers, 0, limit, null), .. new byte[Transport.UdpChannel.BufferOctets]];
        }

        var reply = Write(query, code, answers, 0, limit, fault?.ExtendedError);
        return fault?.Kind switch
        {
            DnsFaultKind.RefuseEdns when query.HasEdns => HeaderOnly(query, ResponseCode.FormatError),
            DnsFaultKind.PointerLoop => Circle(query),
            DnsFaultKind.LieAboutCounts => [.. reply[..6], 0xFF, 0xFF, .. reply[8..]],
            DnsFaultKind.CutShort => reply[..(reply.Length * 3 / 4)],
            _ => reply,
        };
    }

    /// <summary>
    /// Replies that a client must not take for the right one. The first has nothing wrong but that it has to come from
    /// another port.
    /// </summary>
    public IEnumerable<byte[]> Forgeries(DnsTestQuery query)
    {
        var lie = new AddressRecord(query.Question.Name, TimeSpan.FromDays(1), IPAddress.Parse("203.0.113.66"));
        var other = query with { Question = query.Question with { Name = DnsName.Parse("forged.example") } };
        var otherType = query with { Question = query.Question with { Type = DnsRecordType.NS } };
        yield return Write(query, 0, [lie], 0, ushort.MaxValue, null);
        yield return Write(query with { Id = query.Id ^ 1 }, 0, [lie], 0, ushort.MaxValue, null);
        yield return Write(other, 0, [lie], 0, ushort.MaxValue, null);
        yield return Write(otherType, 0, [lie], 0, ushort.MaxValue, null);
        var echo = Write(query, 0, [lie], 0, ushort.MaxValue, null);
        echo[2] &= 0x7F;
        yield return echo;
        yield return HeaderOnly(query, ResponseCode.NoError);
        yield return [0];
        yield return [];
    }

    private (int Code, IReadOnlyList<DnsRecord> Answers) Resolve(DnsQuestion question)
    {
        var answers = new List<DnsRecord>();
        var name = question.Name;
        while (true)
        {
            var records = zone.Find(name, question.Type);
            answers.AddRange(records);
            if (records.Count > 0
                || answers.Count >= MaxAliases
                || zone.Find(name, DnsRecordType.CNAME) is not [CnameRecord alias, ..])
            {
                return (zone.Exists(name) ? ResponseCode.NoError : ResponseCode.NoSuchName, answers);
            }

            answers.Add(alias);
            name = alias.Target;
        }
    }

    private byte[] Write(
        DnsTestQuery query,
        int code,
        IReadOnlyList<DnsRecord> answers,
        int flags,
        int limit,
        DnsExtendedError? error)
    {
        var writer = Begin(query);
        var opt = query.HasEdns ? Opt(code, error) : [];
        flags |= MessageHeader.Response | MessageHeader.Authoritative | MessageHeader.RecursionAvailable
            | (query.Flags & (MessageHeader.RecursionDesired | MessageHeader.CheckingDisabled))
            | (authenticatesData && code is 0 or ResponseCode.NoSuchName ? MessageHeader.AuthenticatedData : 0);
        var written = 0;
        foreach (var record in answers)
        {
            var start = writer.Length;
            RecordWriter.Write(writer, record);
            if (writer.Length + opt.Length > limit)
            {
                writer.CutTo(start);
                flags |= MessageHeader.Truncated;
                break;
            }

            written++;
        }

        var authority = Negative(query.Question, code, answers);
        if (authority is not null)
        {
            RecordWriter.Write(writer, authority);
        }

        writer.WriteOctets(opt);
        return writer.ToArray(new MessageHeader(
            (ushort)query.Id, flags | (code & 15), 1, written, authority is null ? 0 : 1, query.HasEdns ? 1 : 0));
    }

    // What does not exist is told by the zone's start of authority (RFC 2308 section 3).
    private SoaRecord? Negative(DnsQuestion question, int code, IReadOnlyList<DnsRecord> answers) =>
        code is not (ResponseCode.NoError or ResponseCode.NoSuchName)
        || answers.Any(record => record.Type == question.Type)
            ? null
            : zone.AuthorityOf(answers is [.., CnameRecord last] ? last.Target : question.Name);

    private static MessageWriter Begin(DnsTestQuery query)
    {
        var writer = new MessageWriter();
        writer.WriteOctets(stackalloc byte[MessageHeader.Octets]);
        writer.WriteName(query.Question.Name);
        writer.WriteUInt16((int)query.Question.Type);
        writer.WriteUInt16(MessageReader.Internet);
        return writer;
    }

    private static byte[] Opt(int code, DnsExtendedError? error)
    {
        var text = error is null ? [] : Encoding.UTF8.GetBytes(error.Text);
        var writer = new MessageWriter();
        writer.WriteByte(0);
        writer.WriteUInt16(MessageReader.OptType);
        writer.WriteUInt16(DnsQuery.UdpPayload);
        writer.WriteUInt32((uint)(code >> 4) << 24);
        writer.WriteUInt16(error is null ? 0 : text.Length + 6);
        if (error is not null)
        {
            writer.WriteUInt16(ExtendedErrorOption);
            writer.WriteUInt16(text.Length + 2);
            writer.WriteUInt16(error.Code);
            writer.WriteOctets(text);
        }

        return writer.ToArray();
    }

    private static byte[] HeaderOnly(DnsTestQuery query, int code)
    {
        var message = new byte[MessageHeader.Octets];
        new MessageHeader((ushort)query.Id, MessageHeader.Response | code, 0, 0, 0, 0).Write(message);
        return message;
    }

    // The owner of the only record points to itself.
    private static byte[] Circle(DnsTestQuery query)
    {
        var writer = Begin(query);
        var here = writer.Length;
        writer.WriteUInt16(0xC000 | here);
        writer.WriteUInt16((int)query.Question.Type);
        writer.WriteUInt16(MessageReader.Internet);
        writer.WriteUInt32(300);
        writer.WriteUInt16(0);
        return writer.ToArray(new MessageHeader((ushort)query.Id, MessageHeader.Response, 1, 1, 0, 0));
    }
}
