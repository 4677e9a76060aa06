using MailAdmin.Identity.Caching;
using Microsoft.Identity.Client;

namespace MailAdmin.Identity.Entra;

/// <summary>Tokens of somebody who signed in: by the browser here, or with a code by one elsewhere.</summary>
internal sealed class UserTokenSource : RenewableTokenSource
{
    // The loopback address, as the registration of a desktop application allows; MSAL finds the port.
    private const string Redirect = "http://localhost";

    private readonly TokenSourceOptions _options;
    private IPublicClientApplication? _app;

    public UserTokenSource(TokenSettings settings, TokenSecrets secrets, TokenSourceOptions options)
        : base(settings, secrets, options)
    {
        _options = options;
        _ = settings.ClientId
            ?? throw TokenException.Incomplete("application", "Name the application by its client id.");
    }

    private protected override async Task<AcquiredToken> AcquireAsync(bool force, CancellationToken cancellationToken)
    {
        try
        {
            _app ??= await BuildAsync(cancellationToken).ConfigureAwait(false);
            var result = await AskQuietlyAsync(_app, force, cancellationToken).ConfigureAwait(false)
                ?? await SignInAsync(_app, cancellationToken).ConfigureAwait(false);
            return result.ToAcquired(Time);
        }
        catch (Exception e) when (MsalFailure.IsOne(e, cancellationToken))
        {
            throw MsalFailure.Explain(e, Settings);
        }
    }

    private async Task<IPublicClientApplication> BuildAsync(CancellationToken cancellationToken)
    {
        var app = PublicClientApplicationBuilder.Create(Settings.ClientId)
            .WithSettings(Settings, _options)
            .WithRedirectUri(Redirect)
            .Build();
        var cache = await TokenCacheFile.OpenAsync(_options, TokenCacheFile.Users, cancellationToken)
            .ConfigureAwait(false);
        cache?.Register(app.UserTokenCache);
        return app;
    }

    // Null when somebody must sign in, and is there to.
    private async Task<AuthenticationResult?> AskQuietlyAsync(
        IPublicClientApplication app, bool force, CancellationToken cancellationToken)
    {
        var accounts = (await app.GetAccountsAsync().ConfigureAwait(false)).ToArray();
        var account = User is { } user
            ? accounts.FirstOrDefault(a => a.Username.Equals(user, StringComparison.OrdinalIgnoreCase))
            : accounts is [var only] ? only : null;
        if (account is null)
        {
            return null;
        }

        try
        {
            return await app.AcquireTokenSilent(TokenScopes.Of(Settings), account)
                .WithForceRefresh(force)
                .ExecuteAsync(cancellationToken)
                .ConfigureAwait(false);
        }
        catch (MsalUiRequiredException) when (MaySignIn)
        {
            return null;
        }
    }

    private bool MaySignIn => !IsUnattended
        && (Settings.Flow == TokenFlow.DeviceCode ? _options.ShowCode is not null : _options.MayOpenBrowser);

    private Task<AuthenticationResult> SignInAsync(IPublicClientApplication app, CancellationToken cancellationToken)
    {
        if (!MaySignIn)
        {
            throw TokenFailure.NobodyThere(Settings);
        }

        var scopes = TokenScopes.Of(Settings);
        if (Settings.Flow == TokenFlow.DeviceCode)
        {
            return app.AcquireTokenWithDeviceCode(scopes, ShowAsync).ExecuteAsync(cancellationToken);
        }

        var request = app.AcquireTokenInteractive(scopes)
            .WithPrompt(Prompt.SelectAccount)
            .WithUseEmbeddedWebView(false);
        request = User is { } user ? request.WithLoginHint(user) : request;
        return (_options.OpenBrowser is { } open
                ? request.WithSystemWebViewOptions(new SystemWebViewOptions { OpenBrowserAsync = open })
                : request)
            .ExecuteAsync(cancellationToken);
    }

    private Task ShowAsync(DeviceCodeResult code) =>
        _options.ShowCode!(new DeviceCodePrompt(new Uri(code.VerificationUrl), code.UserCode, code.ExpiresOn));
}
