using MailAdmin.Queueing.Routes;

namespace MailAdmin.Queueing.Distribution;

/// <summary>The connections of a lane: made up to the limit of all processes, kept while they are idle.</summary>
internal sealed class LaneConnections(LaneServices services) : IAsyncDisposable
{
    private readonly object _lock = new();
    private readonly Stack<LaneConnection> _idle = new();
    private readonly LaneRoutes _routes = new(services);

    /// <summary>The most that the lane may have; the provider's limit once it is known.</summary>
    internal int Most { get; private set; } = services.Options.Connections;

    /// <summary>A connection that suits a route: the present one, one that is idle, or a new one.</summary>
    /// <returns>Null when all places are taken; the present one is closed then.</returns>
    /// <exception cref="MailException">The route is of no use.</exception>
    internal async Task<LaneConnection?> TakeAsync(LaneConnection? present, long routeId)
    {
        var route = await _routes.GetAsync(routeId, CancellationToken.None).ConfigureAwait(false);
        if (present is not null && ReferenceEquals(present.Route, route))
        {
            return present;
        }

        if (present is not null)
        {
            await present.DisposeAsync().ConfigureAwait(false);
        }

        return TakeIdle(route) ?? await OpenAsync(route).ConfigureAwait(false);
    }

    /// <summary>Keeps a connection for later.</summary>
    internal void Keep(LaneConnection connection)
    {
        lock (_lock)
        {
            _idle.Push(connection);
        }
    }

    /// <summary>Looks the routes up anew when they are next needed.</summary>
    internal Task ForgetRoutesAsync() => _routes.ForgetAsync();

    /// <summary>Closes those that are not in use.</summary>
    public async ValueTask DisposeAsync()
    {
        LaneConnection[] idle;
        lock (_lock)
        {
            idle = [.. _idle];
            _idle.Clear();
        }

        await Task.WhenAll(idle.Select(connection => connection.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    private LaneConnection? TakeIdle(OpenedRoute route)
    {
        lock (_lock)
        {
            return _idle.TryPeek(out var idle) && ReferenceEquals(idle.Route, route) ? _idle.Pop() : null;
        }
    }

    private async Task<LaneConnection?> OpenAsync(OpenedRoute route)
    {
        var limits = await services.Gate.GetPolicyAsync(route.Subject, CancellationToken.None).ConfigureAwait(false);
        Most = limits.Connections ?? services.Options.Connections;
        var place = await services.Gate.TryOpenConnectionAsync(route.Subject, CancellationToken.None)
            .ConfigureAwait(false);
        return place is null
            ? null
            : new LaneConnection(route.Open(limits.RecipientsPerMessage, services.Time), route, place);
    }
}
