using System.Net;
using System.Security.Cryptography;
using MailAdmin.Dns.Caching;
using MailAdmin.Dns.Configuration;
using MailAdmin.Dns.Transport;
using MailAdmin.Dns.Wire;

namespace MailAdmin.Dns;

/// <summary>
/// A stub resolver (RFC 1034 §5.3.1): asks the servers of the system, or given ones, and remembers the answers. Servers
/// are asked in order; one that fails or is silent makes room for the next. Make one for a piece of work and share it;
/// the system's settings are read once.
/// </summary>
public sealed class DnsClient : IDnsResolver, IDisposable
{
    private const int MaxIdleSockets = 64;

    private readonly ServerLink[] _servers;
    private readonly int _attempts;
    private readonly ResponseCache? _cache;
    private readonly SharedLookups _lookups;
    private readonly SemaphoreSlim _inFlight;
    private readonly TimeProvider _time;
    private volatile bool _isDisposed;

    /// <summary>Creates a resolver; nothing is sent yet.</summary>
    /// <param name="options">How to ask; null for the system's settings.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="random">Where IDs and ports come from; null for the system's cryptographic generator.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number in the options is out of its range.</exception>
    public DnsClient(DnsClientOptions? options = null, TimeProvider? time = null, RandomNumberGenerator? random = null)
    {
        options ??= new DnsClientOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxInFlight);
        ArgumentOutOfRangeException.ThrowIfNegative(options.CacheOctets);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Attempts ?? 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Timeout ?? TimeSpan.MaxValue, TimeSpan.Zero);
        var settings = options.Servers.Count > 0 ? DnsSettings.For(options.Servers) : SystemDns.Read();
        var chance = new DnsRandom(random ?? RandomNumberGenerator.Create());
        _time = time ?? TimeProvider.System;
        _attempts = options.Attempts ?? settings.Attempts;
        _servers = [.. settings.Servers.Select(server => new ServerLink(server, For(server), chance, _time))];
        _cache = options.CacheOctets > 0 ? new ResponseCache(options.CacheOctets, _time) : null;
        _lookups = new SharedLookups(LookUpAsync);
        _inFlight = new SemaphoreSlim(options.MaxInFlight);
        Servers = settings.Servers;

        ServerOptions For(IPEndPoint server) => new(
            options.Timeout ?? settings.Timeout,
            MessageHeader.RecursionDesired | MessageHeader.AuthenticatedData
                | (options.DisablesChecking ? MessageHeader.CheckingDisabled : 0),
            options.WantsSignatures,
            options.UsesTcpOnly ?? settings.UsesTcpOnly,
            options.TrustAuthenticatedData switch
            {
                AuthenticatedDataTrust.Always => true,
                AuthenticatedDataTrust.Never => false,
                _ => IPAddress.IsLoopback(server.Address) || settings.TrustsAuthenticatedData,
            },
            Math.Min(options.MaxInFlight, MaxIdleSockets));
    }

    /// <summary>The servers that are asked, in order.</summary>
    public IReadOnlyList<IPEndPoint> Servers { get; }

    /// <inheritdoc/>
    public Task<DnsResponse> QueryAsync(DnsName name, DnsRecordType type, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var question = new DnsQuestion(name, type);
        return cancellationToken.IsCancellationRequested ? Task.FromCanceled<DnsResponse>(cancellationToken)
            : _cache?.Find(question) is { } known ? Task.FromResult(known)
            : _lookups.JoinAsync(question, cancellationToken);
    }

    /// <summary>Closes the sockets. Questions that are still open run to their end.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        foreach (var server in _servers)
        {
            server.Dispose();
        }
    }

    private async Task<DnsResponse> LookUpAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        await _inFlight.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var started = _time.GetTimestamp();
            var response = await FollowAsync(question, cancellationToken).ConfigureAwait(false);
            response = response with { Duration = _time.GetElapsedTime(started) };
            _cache?.Add(response, response.MessageOctets);
            return response;
        }
        finally
        {
            _inFlight.Release();
        }
    }

    private async ValueTask<DnsResponse> FollowAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        var response = await AskServersAsync(question, cancellationToken).ConfigureAwait(false);
        while (ReplyInterpreter.NextAlias(response) is { } alias)
        {
            var next = await AskServersAsync(question with { Name = alias }, cancellationToken).ConfigureAwait(false);
            var joined = ReplyInterpreter.Join(response, next);
            if (joined.Aliases.Count == response.Aliases.Count)
            {
                return joined;
            }

            response = joined;
        }

        return response;
    }

    /// <summary>
    /// Asks one server after the other, those that were silent lately last, until one has a definite answer. A server
    /// that answered with an error is not asked again; one that did not answer is, as a datagram may be lost.
    /// </summary>
    private async ValueTask<DnsResponse> AskServersAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        DnsResponse? failure = null;
        var servers = InOrder();
        for (var round = 0; round < _attempts && servers.Count > 0; round++)
        {
            var silent = new List<ServerLink>();
            foreach (var server in servers)
            {
                var response = await server.AskAsync(question, cancellationToken).ConfigureAwait(false);
                if (response.IsDefinite)
                {
                    return response;
                }

                if (response.ResponseCode is null)
                {
                    silent.Add(server);
                }

                failure = MoreTelling(failure, response);
            }

            servers = silent;
        }

        return failure!;
    }

    private IReadOnlyList<ServerLink> InOrder() =>
        _servers.Length == 1 ? _servers : [.. _servers.OrderBy(server => server.IsSilent)];

    // An error that a server reported says more than a silence.
    private static DnsResponse MoreTelling(DnsResponse? first, DnsResponse next) =>
        first is null || (first.ResponseCode is null && next.ResponseCode is not null) ? next : first;
}
