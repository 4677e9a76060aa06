using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace MailAdmin.Net;

/// <summary>
/// The way to web services, for all that speak to them: sign-in, token and Graph services. It holds one client, whose
/// connections are kept; make one and share it. Certificates are verified, and redirects are not followed, as a request
/// holds secrets.
/// </summary>
public sealed class HttpClientSource : IDisposable
{
    /// <summary>How much an answer of these services may hold in memory: 4 MiB. A peer decides on its length.</summary>
    public const int MostOctets = 4 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(30);
    private readonly Lazy<HttpClient> _client;

    /// <summary>Creates a way; nothing is connected yet.</summary>
    /// <param name="proxy">
    /// A proxy: <c>http://[user:password@]host:port</c> or <c>socks5://…</c>; null for the system's, if it has one.
    /// </param>
    /// <param name="authorities">
    /// Further authorities to trust beside the system's, such as a test server's own certificate; null for none.
    /// </param>
    /// <exception cref="DialOptionsException">The proxy's address is of no kind that is supported.</exception>
    public HttpClientSource(Uri? proxy = null, X509Certificate2Collection? authorities = null)
    {
        Proxy = proxy is null ? null : ProxyTunnel.Complete(proxy);
        _client = new Lazy<HttpClient>(() => new HttpClient(Handler(Proxy, authorities))
        {
            MaxResponseContentBufferSize = MostOctets,
            Timeout = Patience,
        });
    }

    /// <summary>The proxy; null for the system's. It may hold a password.</summary>
    public Uri? Proxy { get; }

    /// <summary>The client. It is this object's: callers do not dispose of it.</summary>
    public HttpClient Client => _client.Value;

    /// <inheritdoc/>
    public override string ToString() => $"HTTP by {Proxy?.Host ?? "the system's way"}";

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private static SocketsHttpHandler Handler(Uri? proxy, X509Certificate2Collection? authorities)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = ConnectPatience,

            // Names move; connections that last for ever would not notice.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (proxy is not null)
        {
            // .NET's name for SOCKS 5 is this one; it always leaves the look-up to the proxy.
            var scheme = proxy.Scheme == "socks5h" ? "socks5" : proxy.Scheme;
            var bare = new UriBuilder(proxy) { Scheme = scheme, UserName = "", Password = "" }.Uri;
            handler.Proxy = new WebProxy(bare)
            {
                Credentials = Login(proxy),
            };
        }

        if (authorities is { Count: > 0 })
        {
            handler.SslOptions.CertificateChainPolicy = Policy(authorities);
        }

        return handler;
    }

    private static NetworkCredential? Login(Uri proxy) =>
        proxy.UserInfo.Split(':', 2) is [{ Length: > 0 } user, .. var rest]
            ? new NetworkCredential(
                Uri.UnescapeDataString(user), rest.Length > 0 ? Uri.UnescapeDataString(rest[0]) : "")
            : null;

    private static X509ChainPolicy Policy(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(authorities);
        using var system = new X509Store(StoreName.Root, StoreLocation.CurrentUser);
        system.Open(OpenFlags.ReadOnly);
        policy.CustomTrustStore.AddRange(system.Certificates);
        return policy;
    }
}
