using MailAdmin.Transports.Methods;

namespace MailAdmin.Storage;

/// <summary>How much of a limit is used now.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Used">The use within its window up to now, attempts that are under way included.</param>
/// <param name="FreeAt">When the oldest use leaves the window; null when there is none.</param>
public sealed record ThrottleUse(SendLimit Limit, long Used, DateTimeOffset? FreeAt);
