using System.Globalization;
using System.Net;
using MailAdmin.Dns;
using MailAdmin.Dns.Server;

namespace MailAdmin.Tests.Dns;

/// <summary>Knows that a3 is an alias of a2, and so on, but tells only one step; a0 has an address.</summary>
internal sealed class AliasOnlyServer() : UdpScript(Answer)
{
    private static byte[] Answer(byte[] message)
    {
        Assert.True(QueryReader.TryRead(message, new IPEndPoint(IPAddress.Loopback, 1), usedTcp: false, out var query));
        var name = query.Question.Name.ToString();
        var number = int.Parse(name[1..name.IndexOf('.', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        var zone = new DnsTestZone(number == 0 ? $"{name} A 192.0.2.7" : $"{name} CNAME a{number - 1}.example");
        var reply = new DnsResponder(zone, authenticatesData: false).Reply(query);

        // The server knows nothing of the target, not even that it does not exist.
        reply[3] &= 0xF0;
        return reply;
    }
}
