using MailAdmin.Transports.Methods;

namespace MailAdmin.Throttling;

/// <summary>What limits can be set for: a provider with all its methods, a method of sending, or a server.</summary>
/// <param name="Kind">Which of these.</param>
/// <param name="Name">Its name: for a server <c>host</c> or <c>host:port</c>.</param>
public readonly record struct ThrottleScope(ThrottleScopeKind Kind, string Name)
{
    private const char AfterKind = ':';
    private const char BeforeAccount = '/';

    /// <summary>The scope of a method.</summary>
    public static ThrottleScope Of(SendMethodId method) => new(ThrottleScopeKind.Method, method.ToString());

    /// <summary>The scope of a server.</summary>
    /// <param name="server"><c>host</c> for all its ports, or <c>host:port</c>.</param>
    public static ThrottleScope OfServer(string server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return new ThrottleScope(ThrottleScopeKind.Server, server.ToLowerInvariant());
    }

    /// <summary>The scope of a provider, such as <c>Microsoft365</c>.</summary>
    public static ThrottleScope OfProvider(string provider) => new(ThrottleScopeKind.Provider, provider);

    /// <summary>Reads what <see cref="Key"/> wrote.</summary>
    /// <param name="key">The key.</param>
    /// <param name="scope">The scope in it.</param>
    /// <param name="account">The account in it, or null.</param>
    public static bool TryParse(string key, out ThrottleScope scope, out string? account)
    {
        ArgumentNullException.ThrowIfNull(key);
        var (colon, slash) = (
            key.IndexOf(AfterKind, StringComparison.Ordinal), key.IndexOf(BeforeAccount, StringComparison.Ordinal));
        account = slash < 0 ? null : key[(slash + 1)..];
        scope = default;
        if (colon < 0 || !Enum.TryParse<ThrottleScopeKind>(key[..colon], out var kind))
        {
            return false;
        }

        scope = new ThrottleScope(kind, slash < 0 ? key[(colon + 1)..] : key[(colon + 1)..slash]);
        return true;
    }

    /// <summary>The key under which use is counted, and without an account that of the settings.</summary>
    /// <param name="account">Who logs in, where each has windows of its own; null for all together.</param>
    public string Key(string? account = null) =>
        account is null
            ? $"{Kind}{AfterKind}{Name}"
            : $"{Kind}{AfterKind}{Name}{BeforeAccount}{account.ToLowerInvariant()}";

    /// <inheritdoc/>
    public override string ToString() => Name;
}
