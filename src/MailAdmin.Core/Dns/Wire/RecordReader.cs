using System.Net;
using MailAdmin.Dns.Records;

namespace MailAdmin.Dns.Wire;

/// <summary>Reads a record's data by its type. Data that does not fit the type fails the reader.</summary>
internal static class RecordReader
{
    private const int MaxTagOctets = 255;

    /// <summary>Reads the data that fills the reader's present limits.</summary>
    public static DnsRecord Read(
        ref WireReader reader,
        DnsName name,
        DnsRecordType type,
        TimeSpan timeToLive) => type switch
    {
        DnsRecordType.A => new AddressRecord(name, timeToLive, ReadAddress(ref reader, 4)),
        DnsRecordType.AAAA => new AddressRecord(name, timeToLive, ReadAddress(ref reader, 16)),
        DnsRecordType.MX => new MxRecord(name, timeToLive, reader.ReadUInt16(), reader.ReadName()),
        DnsRecordType.TXT => ReadText(ref reader, name, timeToLive),
        DnsRecordType.CNAME => new CnameRecord(name, timeToLive, reader.ReadName()),
        DnsRecordType.NS => new NsRecord(name, timeToLive, reader.ReadName()),
        DnsRecordType.PTR => new PtrRecord(name, timeToLive, reader.ReadName()),
        DnsRecordType.SOA => ReadAuthority(ref reader, name, timeToLive),
        DnsRecordType.SRV => new SrvRecord(
            name, timeToLive, reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadName()),
        DnsRecordType.CAA => new CaaRecord(
            name, timeToLive, reader.ReadByte(), ReadTag(ref reader), reader.ReadRest()),
        DnsRecordType.TLSA => new TlsaRecord(
            name, timeToLive, reader.ReadByte(), reader.ReadByte(), reader.ReadByte(), reader.ReadRest()),
        DnsRecordType.DNSKEY => new DnskeyRecord(
            name, timeToLive, reader.ReadUInt16(), reader.ReadByte(), reader.ReadByte(), reader.ReadRest()),
        DnsRecordType.DS => new DsRecord(
            name, timeToLive, reader.ReadUInt16(), reader.ReadByte(), reader.ReadByte(), reader.ReadRest()),
        DnsRecordType.RRSIG => ReadSignature(ref reader, name, timeToLive),
        _ => new UnknownRecord(name, type, timeToLive, reader.ReadRest()),
    };

    private static IPAddress ReadAddress(ref WireReader reader, int octets)
    {
        var address = reader.ReadOctets(octets);
        return address.Length == octets ? new IPAddress(address) : IPAddress.None;
    }

    private static TxtRecord ReadText(ref WireReader reader, DnsName name, TimeSpan timeToLive)
    {
        var strings = new List<ReadOnlyMemory<byte>>(1);
        do
        {
            strings.Add(reader.ReadString());
        }
        while (reader.Remaining > 0);

        return new TxtRecord(name, timeToLive, strings);
    }

    private static SoaRecord ReadAuthority(ref WireReader reader, DnsName name, TimeSpan timeToLive) => new(
        name,
        timeToLive,
        reader.ReadName(),
        reader.ReadName(),
        reader.ReadUInt32(),
        ReadSeconds(ref reader),
        ReadSeconds(ref reader),
        ReadSeconds(ref reader),
        ReadSeconds(ref reader));

    private static RrsigRecord ReadSignature(ref WireReader reader, DnsName name, TimeSpan timeToLive) => new(
        name,
        timeToLive,
        (DnsRecordType)reader.ReadUInt16(),
        reader.ReadByte(),
        reader.ReadByte(),
        ReadSeconds(ref reader),
        DateTimeOffset.FromUnixTimeSeconds(reader.ReadUInt32()),
        DateTimeOffset.FromUnixTimeSeconds(reader.ReadUInt32()),
        reader.ReadUInt16(),
        reader.ReadName(),
        reader.ReadRest());

    private static string ReadTag(ref WireReader reader)
    {
        Span<char> tag = stackalloc char[MaxTagOctets];
        var octets = reader.ReadOctets(reader.ReadByte());
        for (var i = 0; i < octets.Length; i++)
        {
            tag[i] = octets[i] is > 0x20 and < 0x7f ? (char)octets[i] : '\uFFFD';
        }

        return tag[..octets.Length].ToString();
    }

    private static TimeSpan ReadSeconds(ref WireReader reader) => TimeSpan.FromSeconds(reader.ReadUInt32());
}
