using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace MailAdmin.Dns.Configuration;

/// <summary>Finds the servers that this machine is set up with.</summary>
internal static class SystemDns
{
    private static readonly IPNetwork ObsoleteSiteLocal = IPNetwork.Parse("fec0:0:0:ffff::/64");

    /// <summary>From resolv.conf where the system's resolver reads it, else from the network interfaces.</summary>
    public static DnsSettings Read() =>
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? FromInterfaces() : FromResolvConf();

    /// <summary>
    /// The servers of interfaces that are up, those with a way out first. Windows makes up three site-local addresses
    /// (fec0:0:0:ffff::1 to 3) for an interface without any server.
    /// </summary>
    internal static IReadOnlyList<IPEndPoint> Choose(
        IEnumerable<(bool HasGateway, IEnumerable<IPAddress> Servers)> interfaces) =>
    [
        .. interfaces.OrderBy(one => one.HasGateway ? 0 : 1)
            .SelectMany(one => one.Servers)
            .Where(address => !IsMadeUp(address))
            .Distinct()
            .Select(address => new IPEndPoint(address, DnsSettings.Port)),
    ];

    private static DnsSettings FromResolvConf()
    {
        try
        {
            return ResolvConf.Read(File.ReadLines(ResolvConf.Path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without the file the system's resolver asks the local host (resolv.conf(5)).
            return ResolvConf.Read([]);
        }
    }

    private static DnsSettings FromInterfaces()
    {
        var servers = Choose(NetworkInterface.GetAllNetworkInterfaces()
            .Where(one => one.OperationalStatus == OperationalStatus.Up)
            .Where(one => one.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .Select(one => one.GetIPProperties())
            .Select(one => (one.GatewayAddresses.Count > 0, (IEnumerable<IPAddress>)one.DnsAddresses)));
        return DnsSettings.For(servers.Count > 0 ? servers : [new IPEndPoint(IPAddress.Loopback, DnsSettings.Port)]);
    }

    private static bool IsMadeUp(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && ObsoleteSiteLocal.Contains(address);
}
