using System.Text;
using MailAdmin.Identity.Entra;
using MailAdmin.Identity.Google;
using MailAdmin.Net;
using MailAdmin.Sasl;

namespace MailAdmin.Identity;

/// <summary>
/// A source that asks an identity provider, keeps the token, and renews it before its end. It can be written down: its
/// settings, and its secrets apart from them.
/// </summary>
public abstract class RenewableTokenSource : IAccessTokenSource, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private AcquiredToken? _current;

    private protected RenewableTokenSource(TokenSettings settings, TokenSecrets secrets, TokenSourceOptions options)
    {
        Settings = settings;
        Secrets = secrets;
        CacheFolder = options.CacheFolder;
        Proxy = options.Http.Proxy;
        Time = options.Time;
    }

    /// <summary>What the source was made from, without secrets.</summary>
    public TokenSettings Settings { get; }

    /// <summary>The folder of its cache; null when it keeps tokens in memory only.</summary>
    public string? CacheFolder { get; }

    /// <summary>
    /// Whose mailbox the token opens: who the settings name, else who signed in; null when neither is known.
    /// </summary>
    public string? User => Settings.User ?? _current?.User;

    /// <summary>When the present token ends; null before the first, or when that is not known.</summary>
    public DateTimeOffset? ExpiresAt => _current?.Token.ExpiresAt;

    /// <summary>Whether the present token lay in the cache; false before the first.</summary>
    public bool FromCache => _current?.FromCache ?? false;

    /// <summary>
    /// Whether nobody is there any more who could sign in, as when a source is used after the command that made it.
    /// </summary>
    public bool IsUnattended { get; set; }

    /// <summary>The proxy on the way to the provider; null for the system's. It may hold a password.</summary>
    internal Uri? Proxy { get; }

    /// <summary>The clock.</summary>
    private protected TimeProvider Time { get; }

    /// <summary>The secrets.</summary>
    private protected TokenSecrets Secrets { get; private set; }

    /// <summary>Makes a source. Nothing is asked before the first token.</summary>
    /// <param name="settings">The flow and what it needs.</param>
    /// <param name="secrets">Its secrets.</param>
    /// <param name="options">Its surroundings.</param>
    /// <exception cref="TokenException">The settings lack what the flow needs.</exception>
    public static RenewableTokenSource Create(
        TokenSettings settings, TokenSecrets secrets, TokenSourceOptions options) => settings.Flow switch
        {
            TokenFlow.Interactive or TokenFlow.DeviceCode => new UserTokenSource(settings, secrets, options),
            TokenFlow.ManagedIdentity => new ManagedIdentityTokenSource(settings, secrets, options),
            TokenFlow.GoogleServiceAccount or TokenFlow.GoogleRefreshToken or TokenFlow.GoogleDeviceCode =>
                new GoogleTokenSource(settings, secrets, options),
            _ => new AppTokenSource(settings, secrets, options),
        };

    /// <summary>The secrets that the source needs beside its settings, to be kept encrypted.</summary>
    public TokenSecrets RevealSecrets() => Secrets;

    /// <inheritdoc/>
    public async ValueTask<AccessToken> GetTokenAsync(CancellationToken cancellationToken)
    {
        if (_current is { } current && IsFresh(current.Token))
        {
            return current.Token;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_current is null || !IsFresh(_current.Token))
            {
                _current = await FetchAsync(_current, cancellationToken).ConfigureAwait(false);
            }

            return _current.Token;
        }
        catch (TokenException e) when (Masked(e) is { } masked)
        {
            throw masked;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask<AccessToken> RenewAsync(AccessToken refused, CancellationToken cancellationToken) =>
        ReplaceAsync(refused.Value, cancellationToken);

    /// <summary>
    /// A new token, whatever lies in the cache: for permissions that were granted since.
    /// </summary>
    /// <exception cref="TokenException">There is none to be had.</exception>
    public ValueTask<AccessToken> RenewNowAsync(CancellationToken cancellationToken) =>
        ReplaceAsync(_current?.Token.Value, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _gate.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Asks the provider.</summary>
    /// <param name="force">Whether to pass by what lies in the cache.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    private protected abstract Task<AcquiredToken> AcquireAsync(bool force, CancellationToken cancellationToken);

    /// <summary>Keeps a refresh token that the provider gave, so that the source can be written down with it.</summary>
    private protected void KeepRefreshToken(string value) => Secrets = new TokenSecrets
    {
        ClientSecret = Secrets.ClientSecret,
        CertificatePassword = Secrets.CertificatePassword,
        PrivateKey = Secrets.PrivateKey,
        RefreshToken = value,
    };

    private async ValueTask<AccessToken> ReplaceAsync(string? old, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Whoever else was refused at the same time may have been here first.
            if (_current is null || _current.Token.Value == old || !IsFresh(_current.Token))
            {
                _current = await AcquireAsync(force: true, cancellationToken).ConfigureAwait(false);
            }

            return _current.Token;
        }
        catch (TokenException e) when (Masked(e) is { } masked)
        {
            throw masked;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<AcquiredToken> FetchAsync(AcquiredToken? last, CancellationToken cancellationToken)
    {
        try
        {
            var found = await AcquireAsync(force: false, cancellationToken).ConfigureAwait(false);

            // The cache may hold what has too little time left for us, or what we had.
            return IsFresh(found.Token) && found.Token.Value != last?.Token.Value || !found.FromCache
                ? found
                : await AcquireAsync(force: true, cancellationToken).ConfigureAwait(false);
        }
        catch (TokenException e) when (e.IsTransient && last is not null && IsUsable(last.Token))
        {
            // The provider is down for a moment, and the token is still good: the next message asks again.
            return last;
        }
    }

    // A service, or a proxy in its place, may quote what it was sent. Null when it did not.
    private TokenException? Masked(TokenException failure)
    {
        var redactor = new SecretRedactor();
        string?[] secrets =
        [
            Secrets.ClientSecret,
            Secrets.CertificatePassword,
            Secrets.PrivateKey,
            Secrets.RefreshToken,
            _current?.Token.Value,
        ];
        foreach (var secret in secrets)
        {
            redactor.AddSecret(Encoding.UTF8.GetBytes(secret ?? ""));
        }

        var message = Encoding.UTF8.GetString(redactor.Redact(Encoding.UTF8.GetBytes(failure.Message)));
        return message == failure.Message ? null : failure.With(message);
    }

    private bool IsFresh(AccessToken token) => Left(token) > Settings.RenewBefore;

    // High Volume Email refuses a token in its last minutes; others take one until its end.
    private bool IsUsable(AccessToken token) =>
        Settings.Service != TokenService.Hve && Left(token) > TimeSpan.FromMinutes(1);

    private TimeSpan Left(AccessToken token) =>
        token.ExpiresAt is { } end ? end - Time.GetUtcNow() : TimeSpan.MaxValue;
}
