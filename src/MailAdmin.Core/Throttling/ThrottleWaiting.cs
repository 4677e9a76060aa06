using MailAdmin.Transports.Methods;

namespace MailAdmin.Throttling;

/// <summary>Somebody waits for room.</summary>
/// <param name="Until">Until about when, by the clock of the process.</param>
/// <param name="Full">The limit that has none; null when all connections are in use.</param>
/// <param name="Connections">How many connections there may be, when that is what is waited for; else null.</param>
public sealed record ThrottleWaiting(DateTimeOffset Until, SendLimit? Full, int? Connections);
