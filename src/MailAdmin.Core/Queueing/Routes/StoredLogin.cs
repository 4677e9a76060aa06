using MailAdmin.Identity;

namespace MailAdmin.Queueing.Routes;

/// <summary>Who logs in, as it is stored.</summary>
/// <param name="Kind">How.</param>
/// <param name="User">The login name; null for the account of the process.</param>
/// <param name="Secret">The password, the token or the secrets of a token source, protected; null for none.</param>
/// <param name="ExpiresAt">When a token ends; null when that is not known.</param>
/// <param name="Source">The settings of a token source; null for the other kinds.</param>
/// <param name="CacheFolder">
/// The folder of a token source's cache: null for that of the account that sends, empty for none.
/// </param>
/// <param name="Proxy">The proxy that a token source goes through, protected; null for the system's.</param>
internal sealed record StoredLogin(
    StoredLoginKind Kind,
    string? User = null,
    byte[]? Secret = null,
    DateTimeOffset? ExpiresAt = null,
    TokenSettings? Source = null,
    string? CacheFolder = null,
    byte[]? Proxy = null);
