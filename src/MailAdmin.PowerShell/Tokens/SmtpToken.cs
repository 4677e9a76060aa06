using System.Net;
using System.Security;
using MailAdmin.Identity;
using MailAdmin.Net;
using MailAdmin.Sasl;

namespace MailAdmin.PowerShell.Tokens;

/// <summary>
/// An access token with all that renews it: for -Token of the cmdlets that log in. The token itself stands in no
/// property;
/// <see cref="ToSecureString"/> and <see cref="Reveal"/> hand it out.
/// </summary>
public sealed class SmtpToken : IAccessTokenSource, IDisposable
{
    private readonly HttpClientSource _http;
    private AccessToken _current;

    internal SmtpToken(RenewableTokenSource source, AccessToken current, HttpClientSource http)
    {
        Source = source;
        _current = current;
        _http = http;
    }

    /// <summary>Whose mailbox it opens; null when that is not known.</summary>
    public string? User => Source.User;

    /// <summary>What it is for.</summary>
    public TokenService Service => Source.Settings.Service;

    /// <summary>How it was obtained.</summary>
    public TokenFlow Flow => Source.Settings.Flow;

    /// <summary>The cloud of Microsoft 365.</summary>
    public CloudEnvironment Environment => Source.Settings.Cloud;

    /// <summary>The tenant; null where the flow needs none.</summary>
    public string? Tenant => Source.Settings.Tenant;

    /// <summary>The application's client id; null where the flow needs none.</summary>
    public string? ClientId => Source.Settings.ClientId;

    /// <summary>What was asked for.</summary>
    public IReadOnlyList<string> Scopes => TokenScopes.Of(Source.Settings);

    /// <summary>When it ends; it is renewed before, when it is used.</summary>
    public DateTimeOffset? ExpiresAt => Source.ExpiresAt;

    /// <summary>Whether it lay in the cache.</summary>
    public bool FromCache => Source.FromCache;

    /// <summary>What renews it, and can be written down.</summary>
    internal RenewableTokenSource Source { get; }

    /// <inheritdoc/>
    public async ValueTask<AccessToken> GetTokenAsync(CancellationToken cancellationToken) =>
        _current = await Source.GetTokenAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<AccessToken> RenewAsync(AccessToken refused, CancellationToken cancellationToken) =>
        _current = await Source.RenewAsync(refused, cancellationToken).ConfigureAwait(false);

    /// <summary>The present token. It is not renewed for that.</summary>
    public SecureString ToSecureString() => new NetworkCredential("", _current.Value).SecurePassword;

    /// <summary>The present token in clear: a secret, which history and logs must not get to see.</summary>
    public string Reveal() => _current.Value;

    /// <inheritdoc/>
    public override string ToString() => $"Token for {Service}{(User is { } user ? $" of {user}" : "")}";

    /// <summary>Closes the connections to the sign-in service; the token is not renewed any more.</summary>
    public void Dispose()
    {
        Source.Dispose();
        _http.Dispose();
    }
}
