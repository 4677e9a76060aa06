using System.Net;
using System.Net.Sockets;
using MailAdmin.Addressing;
using MailAdmin.Dns;

namespace MailAdmin.DomainChecks.MtaSts;

/// <summary>
/// Fetches policy files over HTTPS as senders do (RFC 8461 §3.3): certificate verified, no redirects, 64 KiB at most.
/// Make one and share it.
/// </summary>
public sealed class HttpsPolicySource : IMtaStsPolicySource, IDisposable
{
    private const int MostOctets = 64 * 1024;

    /// <summary>What RFC 8461 §3.3 advises senders.</summary>
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client;

    /// <summary>Creates a source.</summary>
    /// <param name="handler">The way to the web; null for the system's. It must not follow redirects.</param>
    /// <param name="patience">How long a file may take; null for a minute.</param>
    public HttpsPolicySource(HttpMessageHandler? handler = null, TimeSpan? patience = null) =>
        _client = new HttpClient(handler ?? Handler())
        {
            MaxResponseContentBufferSize = MostOctets,
            Timeout = patience ?? DefaultPatience,
        };

    /// <summary>
    /// A source that finds the web servers through a resolver, where the system's DNS is not to be asked.
    /// </summary>
    /// <param name="resolver">The resolver; null for the system's DNS all the same.</param>
    /// <param name="patience">How long a file may take; null for a minute.</param>
    public static HttpsPolicySource Through(IDnsResolver? resolver, TimeSpan? patience = null)
    {
        if (resolver is null)
        {
            return new HttpsPolicySource(patience: patience);
        }

        var lookup = new HostAddressLookup(resolver);
        var handler = Handler();
        handler.ConnectCallback = (context, token) => ConnectAsync(lookup, context.DnsEndPoint, token);
        return new HttpsPolicySource(handler, patience);
    }

    /// <summary>Where the policy of a domain is.</summary>
    public static Uri PlaceOf(DomainName domain) => new($"https://mta-sts.{domain.Ascii}/.well-known/mta-sts.txt");

    /// <inheritdoc/>
    public async Task<MtaStsFetch> FetchAsync(DomainName domain, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _client.GetAsync(PlaceOf(domain), cancellationToken).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return MtaStsFetch.Status((int)response.StatusCode);
            }

            var type = response.Content.Headers.ContentType?.MediaType ?? "";
            return type.Equals("text/plain", StringComparison.OrdinalIgnoreCase)
                ? MtaStsFetch.Found(
                    System.Text.Encoding.UTF8.GetString(
                        await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)))
                : MtaStsFetch.ContentType(type);
        }
        catch (HttpRequestException e)
        {
            return MtaStsFetch.Unreachable(e.InnerException?.Message ?? e.Message);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            return MtaStsFetch.Unreachable(e.Message);
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _client.Dispose();

    private static SocketsHttpHandler Handler() => new() { AllowAutoRedirect = false, UseCookies = false };

    private static async ValueTask<Stream> ConnectAsync(
        HostAddressLookup lookup,
        DnsEndPoint place,
        CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(place.Host, out var literal)
            ? [literal]
            : await lookup.FindAsync(place.Host, cancellationToken).ConfigureAwait(false);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, place.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
