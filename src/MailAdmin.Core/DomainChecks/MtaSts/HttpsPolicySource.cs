using System.Net;
using MailAdmin.Addressing;

namespace MailAdmin.DomainChecks.MtaSts;

/// <summary>
/// Fetches policy files over HTTPS as senders do (RFC 8461 §3.3): certificate verified, no redirects, 64 KiB at most.
/// Make one and share it.
/// </summary>
public sealed class HttpsPolicySource : IMtaStsPolicySource, IDisposable
{
    private const int MostOctets = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client;

    /// <summary>Creates a source.</summary>
    /// <param name="handler">The way to the web; null for the system's. It must not follow redirects.</param>
    public HttpsPolicySource(HttpMessageHandler? handler = null) =>
        _client = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            MaxResponseContentBufferSize = MostOctets,
            Timeout = Patience,
        };

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
}
