using System.Net;
using MailAdmin.Dns;
using MailAdmin.Dns.Server;
using MailAdmin.Dns.Wire;

namespace MailAdmin.Tests.Dns;

/// <summary>Replies as octets.</summary>
internal static class Packets
{
    /// <summary>A zone with a record of each type.</summary>
    public static IReadOnlyList<string> Lines { get; } =
    [
        "example.com. 3600 IN SOA ns.example.com. host\\.master.example.com. 2026112201 7200 900 1209600 300",
        "example.com. 3600 IN NS ns.example.com.",
        "example.com. 300 IN MX 10 mx1.example.com.",
        "example.com. 300 IN MX 20 mx2.example.net.",
        "null.example. 300 IN MX 0 .",
        "mx1.example.com. 60 IN A 192.0.2.1",
        "mx1.example.com. 60 IN AAAA 2001:db8::1",
        "example.com. 300 IN TXT \"v=spf1 mx -all\"",
        "example.com. 300 IN TXT \"two \" \"strings with \\\"quotes\\\" and \\195\\164\"",
        "empty.example.com. 300 IN TXT \"\"",
        "www.example.com. 300 IN CNAME example.com.",
        "1.2.0.192.in-addr.arpa. 300 IN PTR mx1.example.com.",
        "_submission._tcp.example.com. 300 IN SRV 0 1 587 mail.example.com.",
        "example.com. 300 IN CAA 128 issue \"ca.example; policy=ev\"",
        "_25._tcp.mx1.example.com. 300 IN TLSA 3 1 1 8D02536C887482BC34FF54E41D2BA659BF85B341A0A20AFADB5813DCFBCF286D",
        "example.com. 300 IN DNSKEY 257 3 13 "
            + "mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==",
        "example.com. 300 IN DS 2371 13 2 C988EC423E3880EB8DD8A46FE06CA230EE23F35B578D64E78B29C3E1C83D245A",
    ];

    public static DnsTestZone Zone() => new([.. Lines]);

    /// <summary>The reply of the embedded server.</summary>
    public static byte[] Reply(DnsTestZone zone, string name, DnsRecordType type) =>
        new DnsResponder(zone, authenticatesData: false).Reply(new DnsTestQuery
        {
            Question = new DnsQuestion(DnsName.Parse(name), type),
            Client = new IPEndPoint(IPAddress.Loopback, 1),
            UsedTcp = true,
            Id = 0x1234,
            HasEdns = true,
        });

    /// <summary>Replies for every record of the zone, and some negative ones.</summary>
    public static IReadOnlyList<byte[]> Replies()
    {
        var zone = Zone();
        return
        [
            .. Lines.Select(ZoneRecord.Parse).Select(record => Reply(zone, record.Name.ToString(), record.Type)),
            Reply(zone, "www.example.com", DnsRecordType.MX),
            Reply(zone, "www.example.com", DnsRecordType.SRV),
            Reply(zone, "nowhere.example.com", DnsRecordType.A),
        ];
    }

    /// <summary>A header of a reply, then the rest.</summary>
    public static byte[] Message(int questions, int answers, params byte[] rest)
    {
        var message = new byte[MessageHeader.Octets + rest.Length];
        new MessageHeader(0x1234, MessageHeader.Response, questions, answers, 0, 0).Write(message);
        rest.CopyTo(message, MessageHeader.Octets);
        return message;
    }
}
