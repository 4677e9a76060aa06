using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using MailAdmin.Addressing;

namespace MailAdmin.Transports;

/// <summary>
/// How this machine names itself in EHLO (RFC 5321 §4.1.4): by its full name or by an address literal.
/// </summary>
internal static class LocalHostName
{
    internal static string Choose(IPAddress? localAddress)
    {
        var machine = IPGlobalProperties.GetIPGlobalProperties();
        var name = machine.HostName.Contains('.', StringComparison.Ordinal)
            ? machine.HostName
            : $"{machine.HostName}.{machine.DomainName}";
        return DomainName.TryParse(name, out var domain, out _) && domain.Ascii.Contains('.', StringComparison.Ordinal)
            ? domain.Ascii
            : Literal(localAddress ?? IPAddress.Loopback);
    }

    private static string Literal(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? $"[IPv6:{new IPAddress(plain.GetAddressBytes())}]"
            : $"[{plain}]";
    }
}
