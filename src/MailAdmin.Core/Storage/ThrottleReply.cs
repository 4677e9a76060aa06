using MailAdmin.Transports.Methods;

namespace MailAdmin.Storage;

/// <summary>Whether there was room within all limits.</summary>
/// <param name="Reservation">The number of the reservation, to settle or cancel it; null when there was no room.</param>
/// <param name="RetryAt">
/// When there will be room as far as is known: attempts that are under way may take it. Null when there was room, or when
/// the request alone is over a limit.
/// </param>
/// <param name="Limit">The limit that will be the last to have room; null when there was room.</param>
public sealed record ThrottleReply(long? Reservation, DateTimeOffset? RetryAt = null, SendLimit? Limit = null);
