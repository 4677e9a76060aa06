using MailAdmin.Dns;

namespace MailAdmin.PowerShell.Hosting;

/// <summary>The DNS that a cmdlet asks: what -DnsServer names, or else the system's servers.</summary>
internal static class NameServers
{
    /// <summary>Makes a resolver; the caller disposes it.</summary>
    /// <param name="cmdlet">Who asks.</param>
    /// <param name="servers">Names or addresses, each with a port if need be; empty for the system's.</param>
    /// <exception cref="DnsServerException">One of them cannot be used.</exception>
    public static DnsClient Open(AsyncPSCmdlet cmdlet, IReadOnlyList<string> servers)
    {
        var found = cmdlet.Await(
            token => Task.WhenAll(servers.Select(server => DnsServerAddress.FindAsync(server, token))));
        return new DnsClient(new DnsClientOptions { Servers = [.. found.SelectMany(endPoints => endPoints)] });
    }
}
