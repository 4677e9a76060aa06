using MailAdmin.Queueing.Routes;
using MailAdmin.Transports;

namespace MailAdmin.Queueing.Distribution;

/// <summary>One of a destination's connections, with its place among those that all processes may have.</summary>
/// <param name="transport">Makes the session with the first message, and keeps it.</param>
/// <param name="route">The way it goes.</param>
/// <param name="place">Its place.</param>
internal sealed class LaneConnection(IMailTransport transport, OpenedRoute route, IAsyncDisposable place)
    : IAsyncDisposable
{
    private int _isClosed;

    internal IMailTransport Transport { get; } = transport;

    internal OpenedRoute Route { get; } = route;

    /// <summary>
    /// True once a server answered to a message here. Until then one message at a time is risked, so that a destination
    /// that is down costs one attempt, and a login that is refused one try.
    /// </summary>
    internal bool IsProven { get; set; }

    /// <summary>Takes leave, then gives the place to others.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
        {
            return;
        }

        try
        {
            await Transport.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            await place.DisposeAsync().ConfigureAwait(false);
        }
    }
}
