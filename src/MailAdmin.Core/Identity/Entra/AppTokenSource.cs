using MailAdmin.Identity.Caching;
using Microsoft.Identity.Client;

namespace MailAdmin.Identity.Entra;

/// <summary>Tokens of an application that acts by itself: with a secret, a certificate or a foreign token.</summary>
internal sealed class AppTokenSource : RenewableTokenSource
{
    private const long LongestFile = 64 * 1024;

    private readonly TokenSourceOptions _options;
    private IConfidentialClientApplication? _app;

    public AppTokenSource(TokenSettings settings, TokenSecrets secrets, TokenSourceOptions options)
        : base(settings, secrets, options)
    {
        _options = options;
        _ = settings.Tenant
            ?? throw TokenException.Incomplete("tenant", "Name the tenant by its id or one of its domains.");
        _ = settings.ClientId
            ?? throw TokenException.Incomplete("application", "Name the application by its client id.");
        _ = settings.Flow switch
        {
            TokenFlow.ClientSecret => secrets.ClientSecret is { Length: > 0 },
            TokenFlow.ClientCertificate => settings.Certificate is not null,
            _ => settings.FederatedTokenFile is { Length: > 0 },
        }
            ? true
            : throw TokenException.Incomplete(
                "secret, certificate or token file", "Pass what the application proves itself with.");
    }

    private protected override async Task<AcquiredToken> AcquireAsync(bool force, CancellationToken cancellationToken)
    {
        try
        {
            _app ??= await BuildAsync(cancellationToken).ConfigureAwait(false);
            var result = await _app.AcquireTokenForClient(TokenScopes.Of(Settings))
                .WithForceRefresh(force)
                .ExecuteAsync(cancellationToken)
                .ConfigureAwait(false);
            return result.ToAcquired(Time);
        }
        catch (Exception e) when (MsalFailure.IsOne(e, cancellationToken))
        {
            throw MsalFailure.Explain(e, Settings);
        }
    }

    private async Task<IConfidentialClientApplication> BuildAsync(CancellationToken cancellationToken)
    {
        var builder = ConfidentialClientApplicationBuilder.Create(Settings.ClientId).WithSettings(Settings, _options);
        builder = Settings.Flow switch
        {
            TokenFlow.ClientSecret => builder.WithClientSecret(Secrets.ClientSecret),
            TokenFlow.ClientCertificate => builder.WithCertificate(
                Settings.Certificate!.Load(Secrets.CertificatePassword)),
            _ => builder.WithClientAssertion(ReadForeignTokenAsync),
        };
        var app = builder.Build();
        var cache = await TokenCacheFile.OpenAsync(_options, TokenCacheFile.Apps, cancellationToken)
            .ConfigureAwait(false);
        cache?.Register(app.AppTokenCache);
        return app;
    }

    private async Task<string> ReadForeignTokenAsync(AssertionRequestOptions request)
    {
        var path = Settings.FederatedTokenFile!;
        try
        {
            return new FileInfo(path).Length <= LongestFile
                ? (await File.ReadAllTextAsync(path, request.CancellationToken).ConfigureAwait(false)).Trim()
                : throw new IOException("It is longer than a token can be.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TokenException(
                "TokenFileUnusable",
                MailErrorKind.NotFound,
                $"The file '{path}', which is to hold the token of the other issuer, cannot be read: {e.Message}",
                "Check the path, and that this account may read the file. In Kubernetes it is "
                + "AZURE_FEDERATED_TOKEN_FILE.",
                e);
        }
    }
}
