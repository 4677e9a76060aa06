using MailAdmin.Identity.Caching;
using MailAdmin.Sasl;

namespace MailAdmin.Identity.Google;

/// <summary>Tokens of Google: for a service account, with a refresh token, or of somebody who entered a code.</summary>
internal sealed class GoogleTokenSource : RenewableTokenSource
{
    private const string DeviceGrant = "urn:ietf:params:oauth:grant-type:device_code";
    private const string AssertionGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private readonly TokenSourceOptions _options;
    private readonly GoogleEndpoints _places;
    private readonly GoogleTokenService _service;
    private GoogleTokenCache? _cache;

    public GoogleTokenSource(TokenSettings settings, TokenSecrets secrets, TokenSourceOptions options)
        : base(settings, secrets, options)
    {
        if (settings.Flow == TokenFlow.GoogleServiceAccount)
        {
            _ = settings.ServiceAccount is { Length: > 0 } && secrets.PrivateKey is { Length: > 0 }
                ? true
                : throw TokenException.Incomplete("service account", "Pass the account's key file.");
        }
        else
        {
            _ = settings.ClientId ?? throw TokenException.Incomplete("application", "Name it by its client id.");
            _ = settings.Flow == TokenFlow.GoogleRefreshToken && secrets.RefreshToken is null or { Length: 0 }
                ? throw TokenException.Incomplete("refresh token", "Pass the refresh token.")
                : true;
        }

        _options = options;
        _places = GoogleEndpoints.Of(settings);
        _service = new GoogleTokenService(options.Http.Client, _places);
    }

    private protected override async Task<AcquiredToken> AcquireAsync(bool force, CancellationToken cancellationToken)
    {
        _cache ??= new GoogleTokenCache(
            await TokenCacheFile.OpenAsync(_options, TokenCacheFile.Google, cancellationToken).ConfigureAwait(false),
            Settings);
        var kept = _cache.Find();
        if (kept is not null && !force && kept.ExpiresAt - Time.GetUtcNow() > Settings.RenewBefore)
        {
            return new AcquiredToken(new AccessToken(kept.Value, kept.ExpiresAt)) { FromCache = true };
        }

        var asked = Time.GetUtcNow();
        var answer = await AskAsync(Secrets.RefreshToken ?? kept?.RefreshToken, cancellationToken)
            .ConfigureAwait(false);
        var token = new AccessToken(answer.AccessToken!, asked + TimeSpan.FromSeconds(answer.ExpiresIn));
        var refresh = answer.RefreshToken ?? kept?.RefreshToken;
        if (refresh is not null)
        {
            KeepRefreshToken(refresh);
        }

        _cache.Keep(
            new KeptToken { Value = token.Value, ExpiresAt = token.ExpiresAt!.Value, RefreshToken = refresh }, asked);
        return new AcquiredToken(token);
    }

    private Task<GoogleAnswer> AskAsync(string? refreshToken, CancellationToken cancellationToken) =>
        Settings.Flow switch
    {
        TokenFlow.GoogleServiceAccount => _service.AskTokenAsync(
            Form(
                ("grant_type", AssertionGrant),
                ("assertion", ServiceAccountAssertion.Sign(
                    Settings, Secrets.PrivateKey!, _places.Token, Time.GetUtcNow()))),
            cancellationToken),
        _ when refreshToken is not null => _service.AskTokenAsync(
            Form(
                ("grant_type", "refresh_token"),
                ("client_id", Settings.ClientId),
                ("client_secret", Secrets.ClientSecret),
                ("refresh_token", refreshToken)),
            cancellationToken),
        _ => SignInAsync(cancellationToken),
    };

    private async Task<GoogleAnswer> SignInAsync(CancellationToken cancellationToken)
    {
        if (_options.ShowCode is null || IsUnattended)
        {
            throw TokenFailure.NobodyThere(Settings);
        }

        var form = Form(("client_id", Settings.ClientId), ("scope", string.Join(' ', TokenScopes.Of(Settings))));
        var code = await _service.AskDeviceCodeAsync(form, cancellationToken).ConfigureAwait(false);
        var end = Time.GetUtcNow() + TimeSpan.FromSeconds(code.ExpiresIn);
        await _options.ShowCode(new DeviceCodePrompt(code.VerificationUrl!, code.UserCode!, end)).ConfigureAwait(false);

        var question = Form(
            ("grant_type", DeviceGrant),
            ("client_id", Settings.ClientId),
            ("client_secret", Secrets.ClientSecret),
            ("device_code", code.DeviceCode));
        var pause = TimeSpan.FromSeconds(Math.Max(1, code.Interval));
        while (Time.GetUtcNow() < end)
        {
            await Task.Delay(pause, Time, cancellationToken).ConfigureAwait(false);
            var answer = await _service.TryTokenAsync(question, cancellationToken).ConfigureAwait(false);
            switch (answer.Error)
            {
                case null:
                    return answer;
                case "authorization_pending":
                    break;
                case "slow_down":
                    // RFC 8628 §3.5.
                    pause += TimeSpan.FromSeconds(5);
                    break;
                default:
                    throw GoogleTokenService.Refused(answer.Error, answer.ErrorDescription);
            }
        }

        throw TokenFailure.CodeExpired(null);
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Form(params (string Name, string? Value)[] fields) =>
        [.. fields
            .Where(f => f.Value is { Length: > 0 })
            .Select(f => new KeyValuePair<string, string>(f.Name, f.Value!))];
}
