using MailAdmin.Dns;
using MailAdmin.Net;

namespace MailAdmin.Queueing.Routes;

/// <summary>The network that a route goes through.</summary>
/// <param name="Dialer">Makes connections.</param>
/// <param name="Resolver">Looks MX hosts up.</param>
/// <param name="Owned">What is to be disposed of with it; null for nothing.</param>
public sealed record RouteNetwork(IDialer Dialer, IDnsResolver Resolver, IDisposable? Owned = null) : IDisposable
{
    /// <summary>The system's network, with the name servers that a route names.</summary>
    /// <param name="nameServers">As <see cref="DnsServerAddress"/> reads them; empty for the system's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DnsServerException">One of them cannot be used.</exception>
    public static async Task<RouteNetwork> OfSystemAsync(
        IReadOnlyList<string> nameServers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(nameServers);
        if (nameServers.Count == 0)
        {
            var system = new DnsClient();
            return new RouteNetwork(new TcpDialer(), system, system);
        }

        var found = await Task.WhenAll(
            nameServers.Select(server => DnsServerAddress.FindAsync(server, cancellationToken)))
            .ConfigureAwait(false);
        var named = new DnsClient(new DnsClientOptions { Servers = [.. found.SelectMany(endPoints => endPoints)] });
        return new RouteNetwork(new TcpDialer(new HostAddressLookup(named).FindAsync), named, named);
    }

    /// <inheritdoc/>
    public void Dispose() => Owned?.Dispose();
}
