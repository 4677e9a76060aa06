using System.Net;

namespace MailAdmin.Dns.Configuration;

/// <summary>What the system says about its resolver.</summary>
/// <param name="Servers">In order of preference; never empty.</param>
/// <param name="Timeout">How long a try waits.</param>
/// <param name="Attempts">How often each server is asked.</param>
/// <param name="TrustsAuthenticatedData">Whether the administrator vouches for the way to the servers.</param>
/// <param name="UsesTcpOnly">Whether to ask over TCP from the start.</param>
internal sealed record DnsSettings(
    IReadOnlyList<IPEndPoint> Servers,
    TimeSpan Timeout,
    int Attempts,
    bool TrustsAuthenticatedData,
    bool UsesTcpOnly)
{
    public const int Port = 53;

    /// <summary>For servers that are given by hand, and for systems that say no more than their servers.</summary>
    public static DnsSettings For(IReadOnlyList<IPEndPoint> servers) =>
        new(servers, TimeSpan.FromSeconds(3), 2, TrustsAuthenticatedData: false, UsesTcpOnly: false);
}
