using System.Net;

namespace MailAdmin.DomainChecks.Spf;

/// <summary>The sender with the parts that macros are made of (RFC 7208 §4.1, §4.3).</summary>
internal sealed record SpfSender(IPAddress Address, string LocalPart, string Domain, string Helo, string Receiver)
{
    private const string Postmaster = "postmaster";

    public static SpfSender Of(SpfQuery query)
    {
        var from = query.MailFrom.Length == 0 ? query.Helo : query.MailFrom;
        var at = from.LastIndexOf('@');
        return new SpfSender(
            query.Address.IsIPv4MappedToIPv6 ? query.Address.MapToIPv4() : query.Address,
            at > 0 ? from[..at] : Postmaster,
            SpfName.Ascii(from[(at + 1)..]),
            SpfName.Ascii(query.Helo),
            query.Receiver);
    }
}
