namespace MailAdmin.Queueing.Routes;

/// <summary>Who logs in, as it is stored.</summary>
/// <param name="Kind">How.</param>
/// <param name="User">The login name; null for the account of the process.</param>
/// <param name="Secret">The password or token, protected; null for none.</param>
/// <param name="ExpiresAt">When a token ends; null when that is not known.</param>
internal sealed record StoredLogin(
    StoredLoginKind Kind, string? User = null, byte[]? Secret = null, DateTimeOffset? ExpiresAt = null);
