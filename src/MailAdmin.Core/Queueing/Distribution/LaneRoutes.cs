using MailAdmin.Queueing.Routes;

namespace MailAdmin.Queueing.Distribution;

/// <summary>
/// The routes of a lane. They are opened anew now and then: MX records change while a distributor runs on.
/// </summary>
internal sealed class LaneRoutes(LaneServices services)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<long, OpenedRoute> _byId = [];
    private readonly Dictionary<string, OpenedRoute> _byFingerprint = new(StringComparer.Ordinal);
    private long _openedAt = services.Time.GetTimestamp();

    /// <summary>The route of an item; routes that can share a session are the same object.</summary>
    /// <exception cref="MailException">It cannot be read or found.</exception>
    internal async Task<OpenedRoute> GetAsync(long id, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (services.Time.GetElapsedTime(_openedAt) > GoodFor)
            {
                Forget();
            }

            if (_byId.TryGetValue(id, out var known))
            {
                return known;
            }

            var json = await services.Store.GetRouteAsync(id, cancellationToken).ConfigureAwait(false);
            var opened = await services.Routes.OpenAsync(json, cancellationToken).ConfigureAwait(false);
            if (!_byFingerprint.TryAdd(opened.Fingerprint, opened))
            {
                opened = _byFingerprint[opened.Fingerprint];
            }

            _byId.Add(id, opened);
            return opened;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Opens all anew when they are next needed: the destination gave no session.</summary>
    internal async Task ForgetAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        Forget();
        _gate.Release();
    }

    private void Forget()
    {
        _byId.Clear();
        _byFingerprint.Clear();
        _openedAt = services.Time.GetTimestamp();
    }
}
