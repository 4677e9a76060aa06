using MailAdmin.Throttling;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Queueing.Routes;

/// <summary>A route that is ready to be used, with the network that belongs to it.</summary>
/// <param name="route">The way.</param>
/// <param name="network">The network.</param>
/// <param name="fingerprint">What is the same for routes that can share a session, secrets taken into account.</param>
internal sealed class OpenedRoute(MailRoute route, RouteNetwork network, string fingerprint)
{
    /// <summary>Routes with the same one can share a session.</summary>
    internal string Fingerprint { get; } = fingerprint;

    /// <summary>What the limits go by.</summary>
    internal ThrottleSubject Subject { get; } = ThrottleSubject.Of(route);

    /// <summary>The most recipients of one transaction that the route itself sets; null for none.</summary>
    internal int? BatchSize => route.BatchSize;

    /// <summary>Makes a transport; nothing is connected yet.</summary>
    /// <param name="recipientsPerMessage">The most recipients of one transaction by the limits; null for none.</param>
    /// <param name="time">The clock.</param>
    internal IMailTransport Open(int? recipientsPerMessage, TimeProvider time)
    {
        var limited = recipientsPerMessage is { } most ? route.AtMost(most) : route;
        return limited.Open(network.Dialer, transcript: null, time);
    }
}
