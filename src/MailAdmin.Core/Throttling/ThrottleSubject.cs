using MailAdmin.Transports.Methods;

namespace MailAdmin.Throttling;

/// <summary>What of a route decides which limits it falls under.</summary>
/// <param name="Method">As <see cref="MailRoute.Method"/>.</param>
/// <param name="Server"><c>host:port</c>.</param>
/// <param name="Account">Who logs in; null without a login by name.</param>
public sealed record ThrottleSubject(string Method, string Server, string? Account)
{
    /// <summary>The subject of a route.</summary>
    public static ThrottleSubject Of(MailRoute route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return new ThrottleSubject(route.Method, route.Server, route.Account);
    }
}
