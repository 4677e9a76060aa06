using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MailAdmin.Dns.Records;

namespace MailAdmin.Dns.Server;

/// <summary>Reads records in the form of a zone file (RFC 1035 §5.1), each in one line, all names absolute.</summary>
internal static class ZoneRecord
{
    private const int MaxStringOctets = 255;
    private static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromSeconds(300);

    /// <summary>Reads <c>name [seconds] [IN] type data</c>.</summary>
    /// <exception cref="ZoneLineException">It is none.</exception>
    public static DnsRecord Parse(string line)
    {
        var words = new Queue<string>(
            ZoneLine.Split(line) ?? throw new ZoneLineException(line, "a quoted string has no end"));
        try
        {
            return Read(words);
        }
        catch (DnsNameException e)
        {
            throw new ZoneLineException(line, "a name in it is none", e);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new ZoneLineException(line, "its data does not fit its type", e);
        }
        catch (InvalidOperationException e)
        {
            throw new ZoneLineException(line, "something is missing", e);
        }
    }

    private static DnsRecord Read(Queue<string> words)
    {
        var name = DnsName.Parse(words.Dequeue());
        var timeToLive = DefaultTimeToLive;
        if (int.TryParse(words.Peek(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            timeToLive = TimeSpan.FromSeconds(seconds);
            words.Dequeue();
        }

        if (words.Peek().Equals("IN", StringComparison.OrdinalIgnoreCase))
        {
            words.Dequeue();
        }

        var type = Enum.TryParse<DnsRecordType>(words.Dequeue(), ignoreCase: true, out var known) ? known : default;
        var record = Read(words, name, timeToLive, type);
        return words.Count == 0 ? record : throw new FormatException();
    }

    private static DnsRecord Read(
        Queue<string> words,
        DnsName name,
        TimeSpan timeToLive,
        DnsRecordType type) => type switch
    {
        DnsRecordType.A => new AddressRecord(name, timeToLive, Address(words, AddressFamily.InterNetwork)),
        DnsRecordType.AAAA => new AddressRecord(name, timeToLive, Address(words, AddressFamily.InterNetworkV6)),
        DnsRecordType.MX => new MxRecord(name, timeToLive, Number16(words), Name(words)),
        DnsRecordType.TXT => new TxtRecord(name, timeToLive, Strings(words)),
        DnsRecordType.CNAME => new CnameRecord(name, timeToLive, Name(words)),
        DnsRecordType.NS => new NsRecord(name, timeToLive, Name(words)),
        DnsRecordType.PTR => new PtrRecord(name, timeToLive, Name(words)),
        DnsRecordType.SRV => new SrvRecord(
            name, timeToLive, Number16(words), Number16(words), Number16(words), Name(words)),
        DnsRecordType.CAA => new CaaRecord(name, timeToLive, Number8(words), words.Dequeue(), Octets(words)),
        DnsRecordType.TLSA => new TlsaRecord(
            name, timeToLive, Number8(words), Number8(words), Number8(words), Hexadecimal(words)),
        DnsRecordType.DS => new DsRecord(
            name, timeToLive, Number16(words), Number8(words), Number8(words), Hexadecimal(words)),
        DnsRecordType.DNSKEY => new DnskeyRecord(
            name, timeToLive, Number16(words), Number8(words), Number8(words), Convert.FromBase64String(Rest(words))),
        DnsRecordType.SOA => new SoaRecord(
            name,
            timeToLive,
            Name(words),
            Name(words),
            uint.Parse(words.Dequeue(), CultureInfo.InvariantCulture),
            Seconds(words),
            Seconds(words),
            Seconds(words),
            Seconds(words)),
        _ => throw new FormatException("The type cannot be written as text here."),
    };

    private static IPAddress Address(Queue<string> words, AddressFamily family) =>
        IPAddress.Parse(words.Dequeue()) is var address && address.AddressFamily == family
            ? address
            : throw new FormatException();

    private static DnsName Name(Queue<string> words) => DnsName.Parse(words.Dequeue());

    private static int Number16(Queue<string> words) => ushort.Parse(words.Dequeue(), CultureInfo.InvariantCulture);

    private static byte Number8(Queue<string> words) => byte.Parse(words.Dequeue(), CultureInfo.InvariantCulture);

    private static TimeSpan Seconds(Queue<string> words) =>
        TimeSpan.FromSeconds(uint.Parse(words.Dequeue(), CultureInfo.InvariantCulture));

    private static byte[] Hexadecimal(Queue<string> words) => Convert.FromHexString(Rest(words));

    private static byte[] Octets(Queue<string> words) =>
        ZoneLine.Octets(words.Dequeue()) ?? throw new FormatException();

    // Zone files may break long data into groups.
    private static string Rest(Queue<string> words)
    {
        var rest = string.Concat(words);
        words.Clear();
        return rest;
    }

    // A string that is too long for the wire is broken up, which zone files leave to the one who writes them.
    private static List<ReadOnlyMemory<byte>> Strings(Queue<string> words)
    {
        var strings = new List<ReadOnlyMemory<byte>>();
        do
        {
            var octets = Octets(words);
            for (var at = 0; at == 0 || at < octets.Length; at += MaxStringOctets)
            {
                strings.Add(octets.AsMemory(at, Math.Min(MaxStringOctets, octets.Length - at)));
            }
        }
        while (words.Count > 0);

        return strings;
    }
}
