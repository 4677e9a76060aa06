using MailAdmin.Transports.Methods;

namespace MailAdmin.Storage;

/// <summary>A limit on what goes out under a key, within any time of the limit's length.</summary>
/// <param name="Key">Whose use is counted, as the caller names it: a server, or a provider's account.</param>
/// <param name="Limit">How much may go out.</param>
public sealed record ThrottleRule(string Key, SendLimit Limit)
{
    private const int Minute = 60;

    /// <summary>
    /// True for a limit per minute or less: items are deferred for it a number of times and attempted all the same
    /// then. Longer windows are waited for.
    /// </summary>
    public bool IsShort => Limit.WindowSeconds <= Minute;

    /// <summary>The length of the window.</summary>
    public TimeSpan Window => TimeSpan.FromSeconds(Limit.WindowSeconds);
}
