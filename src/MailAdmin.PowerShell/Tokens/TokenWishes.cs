using System.Security;
using MailAdmin.Identity;
using MailAdmin.Identity.Google;
using MailAdmin.PowerShell.Hosting;

namespace MailAdmin.PowerShell.Tokens;

/// <summary>What the parameters of Get-SmtpToken say about the application: from them follows the flow.</summary>
internal sealed record TokenWishes
{
    // What Kubernetes and build services set for workload identities.
    private const string FileVariable = "AZURE_FEDERATED_TOKEN_FILE";
    private const string ClientVariable = "AZURE_CLIENT_ID";
    private const string TenantVariable = "AZURE_TENANT_ID";

    public required TokenSettings Settings { get; init; }

    public bool DeviceCode { get; init; }

    public SecureString? ClientSecret { get; init; }

    public CertificateReference? Certificate { get; init; }

    public SecureString? CertificatePassword { get; init; }

    public bool ManagedIdentity { get; init; }

    public bool Federated { get; init; }

    public string? FederatedTokenFile { get; init; }

    public string? GoogleKeyFile { get; init; }

    public SecureString? GoogleRefreshToken { get; init; }

    public bool GoogleDeviceCode { get; init; }

    /// <summary>The settings and secrets of the one flow that was asked for.</summary>
    /// <exception cref="InputException">There are two.</exception>
    /// <exception cref="TokenException">A file that is named cannot be used.</exception>
    public (TokenSettings Settings, TokenSecrets Secrets) Resolve()
    {
        var flow = Flow();
        var settings = Settings with { Flow = flow, Certificate = Certificate };
        var secrets = new TokenSecrets
        {
            ClientSecret = Text(ClientSecret),
            CertificatePassword = Text(CertificatePassword),
            RefreshToken = Text(GoogleRefreshToken),
        };
        if (flow == TokenFlow.Federated)
        {
            return (settings with
            {
                FederatedTokenFile = FederatedTokenFile ?? Environment.GetEnvironmentVariable(FileVariable),
                ClientId = settings.ClientId ?? Environment.GetEnvironmentVariable(ClientVariable),
                Tenant = settings.Tenant ?? Environment.GetEnvironmentVariable(TenantVariable),
            }, secrets);
        }

        if (flow == TokenFlow.GoogleServiceAccount)
        {
            var key = ServiceAccountKey.Load(GoogleKeyFile!);
            return (
                settings with { ServiceAccount = key.Account, KeyId = key.KeyId },
                new TokenSecrets { PrivateKey = key.PrivateKey });
        }

        return (settings, secrets);
    }

    private TokenFlow Flow()
    {
        var isGoogle = GoogleRefreshToken is not null || GoogleDeviceCode;
        (bool Asked, TokenFlow Flow, string Parameter)[] all =
        [
            (DeviceCode, TokenFlow.DeviceCode, "-DeviceCode"),
            (ClientSecret is not null && !isGoogle, TokenFlow.ClientSecret, "-ClientSecret"),
            (Certificate is not null, TokenFlow.ClientCertificate, "a certificate"),
            (ManagedIdentity, TokenFlow.ManagedIdentity, "-ManagedIdentity"),
            (Federated || FederatedTokenFile is not null, TokenFlow.Federated, "-Federated"),
            (GoogleKeyFile is not null, TokenFlow.GoogleServiceAccount, "-GoogleKeyFile"),
            (GoogleRefreshToken is not null, TokenFlow.GoogleRefreshToken, "-GoogleRefreshToken"),
            (GoogleDeviceCode, TokenFlow.GoogleDeviceCode, "-GoogleDeviceCode"),
        ];
        return all.Where(f => f.Asked).ToArray() switch
        {
            [] => TokenFlow.Interactive,
            [var one] => one.Flow,
            var several => throw new InputException(
                "TwoTokenFlows",
                $"{string.Join(" and ", several.Select(f => f.Parameter))} are different ways to a token.",
                "Leave all but one of them out."),
        };
    }

    private static string? Text(SecureString? secret) => secret is null ? null : Secrets.Reveal(secret);
}
