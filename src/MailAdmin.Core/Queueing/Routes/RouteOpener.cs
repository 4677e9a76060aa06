using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailAdmin.Dns.Mail;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Queueing.Routes;

/// <summary>
/// Turns routes from the queue into such that can be used: the MX hosts of a domain are looked up now.
/// </summary>
/// <param name="vault">Reads what is stored.</param>
/// <param name="catalog">The methods of sending.</param>
/// <param name="network">Makes the network from the name servers of a route.</param>
public sealed class RouteOpener(
    RouteVault vault,
    SendMethodCatalog catalog,
    Func<IReadOnlyList<string>, CancellationToken, Task<RouteNetwork>> network) : IDisposable
{
    private static readonly RouteVault Clear = new(new UnprotectedSecrets());

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, RouteNetwork> _networks = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Opens a route.</summary>
    /// <param name="json">As it is stored.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="MailException">It cannot be read, or its hosts cannot be found.</exception>
    internal async Task<OpenedRoute> OpenAsync(string json, CancellationToken cancellationToken)
    {
        var request = vault.Read(json);
        var net = await NetworkAsync(request.NameServers, cancellationToken).ConfigureAwait(false);
        var route = request.Method is { } method
            ? await new MailRouteFinder(catalog, new MxEndpointFinder(net.Resolver)) { SavesCopy = request.SavesCopy }
                .FindAsync(method, request.Domain, request.Environment, request.Wishes, cancellationToken)
                .ConfigureAwait(false)
            : new SmtpMailRoute(request.Wishes);
        return new OpenedRoute(route, net, Fingerprint(request));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var each in _networks.Values)
        {
            each.Dispose();
        }

        _gate.Dispose();
    }

    private async Task<RouteNetwork> NetworkAsync(
        IReadOnlyList<string> nameServers, CancellationToken cancellationToken)
    {
        var key = string.Join(' ', nameServers);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_networks.TryGetValue(key, out var found))
            {
                found = await network(nameServers, cancellationToken).ConfigureAwait(false);
                _networks.Add(key, found);
            }

            return found;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Protected secrets look different each time; sessions are shared by what is behind them. Only the hash is kept.
    /// </summary>
    private static string Fingerprint(RouteRequest request)
    {
        var certificates =
            request.Wishes.ClientCertificates?.OfType<X509Certificate2>().Select(one => one.Thumbprint) ?? [];
        var plain = Clear.Store(request with { Wishes = request.Wishes with { ClientCertificates = null } });
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(plain + string.Join(',', certificates))));
    }
}
