using MailAdmin.Transports.Methods;

namespace MailAdmin.Throttling;

/// <summary>The message may not go out yet.</summary>
/// <param name="Until">When to ask again, by the clock of the process.</param>
/// <param name="IsCounted">
/// True when this is one of the item's deferrals: its turn came and the window was full. False when it waits behind
/// another item or for a window that is longer than a minute.
/// </param>
/// <param name="Full">The limit that has no room; null behind another item.</param>
/// <param name="NeverFits">True when the message takes more than the limit allows at all.</param>
public sealed record ThrottleDeferred(DateTimeOffset Until, bool IsCounted, SendLimit? Full, bool NeverFits)
    : ThrottleDecision;
