using System.Management.Automation;
using System.Security;
using MailAdmin.Identity;
using MailAdmin.Net;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.PowerShell.Tokens;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Gets an access token for mail from Microsoft Entra ID or Google, and keeps it fresh.</summary>
/// <remarks>
/// <para>
/// What is passed decides on the way. Alone, -ClientId has somebody sign in with the browser; -DeviceCode with a
/// browser on any other machine. -ClientSecret, -CertificateThumbprint, -CertificatePath, -Federated and
/// -ManagedIdentity need nobody. -GoogleKeyFile, -GoogleRefreshToken and -GoogleDeviceCode get tokens for Gmail.
/// </para>
/// <para>
/// The object that comes out is for -Token of the other cmdlets. It renews the token before its end, 10 minutes before
/// for High Volume Email and 5 for other services, also in the middle of a long pipeline. No property shows the token;
/// the methods ToSecureString() and Reveal() hand it out.
/// </para>
/// <para>
/// Tokens are kept in a cache of this user and are found there by later sessions, so that nobody has to sign in again.
/// The cache is encrypted where the system can do that; where not, a warning says so, and only this user can read it.
/// </para>
/// </remarks>
/// <example>
/// <para>Sign in with the browser and send</para>
/// <code>
/// $token = Get-SmtpToken -ClientId 11111111-2222-3333-4444-555555555555 -Tenant contoso.example
/// Send-RelayMail -Server mail.example.com -Security StartTls -Token $token `
///     -From alice@contoso.example -To bob@example.com -Subject 'Hello' -Body 'No password was sent.'
/// </code>
/// </example>
/// <example>
/// <para>A scheduled task, with a secret from a vault</para>
/// <code>
/// $secret = Read-Host -AsSecureString 'Client secret'
/// Get-SmtpToken -ClientId 11111111-2222-3333-4444-555555555555 -Tenant contoso.example -ClientSecret $secret `
///     -Service Hve -User reports@contoso.example
/// </code>
/// </example>
/// <example>
/// <para>On a machine without a browser</para>
/// <code>
/// Get-SmtpToken -ClientId 11111111-2222-3333-4444-555555555555 -DeviceCode
/// </code>
/// <para>The code and the address to enter it at are shown.</para>
/// </example>
/// <example>
/// <para>Gmail, as a service account that stands for a user</para>
/// <code>
/// Get-SmtpToken -GoogleKeyFile ./service-account.json -User alice@contoso.example
/// </code>
/// </example>
[Cmdlet(VerbsCommon.Get, "SmtpToken")]
[OutputType(typeof(SmtpToken))]
public sealed class GetSmtpTokenCommand : AsyncPSCmdlet
{
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);

    /// <summary>
    /// The mailbox: who is to sign in, or for whom an application acts. With a Google service account, the user it
    /// stands for.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("UserPrincipalName", "Mailbox")]
    public string? User { get; set; }

    /// <summary>The client id of the application in Entra ID, or at Google.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ClientId { get; set; }

    /// <summary>The tenant: its id or one of its domains. Somebody who signs in brings their own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("TenantId")]
    public string? Tenant { get; set; }

    /// <summary>What the token is for: Smtp, Pop, Graph or Hve (High Volume Email).</summary>
    [Parameter]
    public TokenService Service { get; set; }

    /// <summary>The cloud of Microsoft 365.</summary>
    [Parameter]
    [Alias("Cloud")]
    public CloudEnvironment Environment { get; set; }

    /// <summary>What to ask for in the place of the service's own scopes.</summary>
    [Parameter]
    public string[] Scope { get; set; } = [];

    /// <summary>Signs in with a code that is entered in a browser, on any machine.</summary>
    [Parameter]
    public SwitchParameter DeviceCode { get; set; }

    /// <summary>The application's secret; at Google beside -GoogleRefreshToken or -GoogleDeviceCode.</summary>
    [Parameter]
    public SecureString? ClientSecret { get; set; }

    /// <summary>The thumbprint of the application's certificate in the user's or the machine's store.</summary>
    [Parameter]
    public string? CertificateThumbprint { get; set; }

    /// <summary>The application's certificate: a PFX or PEM file with its private key.</summary>
    [Parameter]
    public string? CertificatePath { get; set; }

    /// <summary>The private key, when it is a PEM file of its own.</summary>
    [Parameter]
    public string? CertificateKeyPath { get; set; }

    /// <summary>The password of the PFX file or of the key.</summary>
    [Parameter]
    public SecureString? CertificatePassword { get; set; }

    /// <summary>Uses the identity that Azure gives this machine, function or container.</summary>
    [Parameter]
    public SwitchParameter ManagedIdentity { get; set; }

    /// <summary>
    /// An identity that is assigned to this machine, by its client id or the id that -IdentityKind says.
    /// </summary>
    [Parameter]
    public string? IdentityId { get; set; }

    /// <summary>Which id -IdentityId is: ClientId, the default, ResourceId or ObjectId.</summary>
    [Parameter]
    [ValidateSet("ClientId", "ResourceId", "ObjectId")]
    public ManagedIdentityKind IdentityKind { get; set; } = ManagedIdentityKind.ClientId;

    /// <summary>
    /// Uses a token of another issuer, as Kubernetes and build services give one: by default the file, client id and
    /// tenant of AZURE_FEDERATED_TOKEN_FILE, AZURE_CLIENT_ID and AZURE_TENANT_ID.
    /// </summary>
    [Parameter]
    public SwitchParameter Federated { get; set; }

    /// <summary>The file with the other issuer's token; it is read anew for each new token.</summary>
    [Parameter]
    public string? FederatedTokenFile { get; set; }

    /// <summary>The key file (JSON) of a Google service account.</summary>
    [Parameter]
    public string? GoogleKeyFile { get; set; }

    /// <summary>A refresh token of Google that was obtained before.</summary>
    [Parameter]
    public SecureString? GoogleRefreshToken { get; set; }

    /// <summary>
    /// Signs in at Google with a code that is entered in a browser. Google lets that ask for Gmail only for clients
    /// that it has allowed to.
    /// </summary>
    [Parameter]
    public SwitchParameter GoogleDeviceCode { get; set; }

    /// <summary>Gets a new token, whatever lies in the cache: for permissions that were granted since.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Signs nobody in: the token comes from the cache, or there is an error.</summary>
    [Parameter]
    public SwitchParameter NoSignIn { get; set; }

    /// <summary>Keeps tokens in memory only.</summary>
    [Parameter]
    public SwitchParameter NoCache { get; set; }

    /// <summary>The folder of the token cache; by default in the user's profile.</summary>
    [Parameter]
    public string? CacheFolder { get; set; }

    /// <summary>A sign-in service of one's own: https://host. It is trusted as it is.</summary>
    [Parameter]
    public Uri? Authority { get; set; }

    /// <summary>A proxy to connect through: http://host:8080 or socks5://host:1080. By default the system's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProxyCompleter))]
    public Uri? Proxy { get; set; }

    /// <summary>Who logs in at the proxy.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <inheritdoc/>
    protected override void Process() => Attempt(User ?? ClientId, () =>
    {
        var (settings, secrets) = Wishes().Resolve();
        var http = new HttpClientSource(Secrets.WithLogin(Proxy, ProxyCredential));
        try
        {
            WriteObject(Obtain(settings, secrets, http));
        }
        catch
        {
            http.Dispose();
            throw;
        }
    });

    private SmtpToken Obtain(TokenSettings settings, TokenSecrets secrets, HttpClientSource http)
    {
        var prompt = new SignInPrompt(this);
        var source = RenewableTokenSource.Create(settings, secrets, new TokenSourceOptions
        {
            Http = http,
            CacheFolder = NoCache ? null
                : CacheFolder is null ? TokenSourceOptions.DefaultCacheFolder
                : FilePaths.Full(SessionState, CacheFolder),
            Warn = text => Post(() => WarnOnce(text)),
            ShowCode = NoSignIn ? null : prompt.ShowCodeAsync,
            MayOpenBrowser = !NoSignIn,
        });
        var token = Await(stop => prompt.WaitAsync(
            (Force ? source.RenewNowAsync(stop) : source.GetTokenAsync(stop)).AsTask()));

        // From here on the token is renewed by other commands, which could show nobody a code.
        source.IsUnattended = true;
        return new SmtpToken(source, token, http);
    }

    private TokenWishes Wishes() => new()
    {
        Settings = new TokenSettings
        {
            Flow = default,
            Service = Service,
            Cloud = Environment,
            Tenant = Tenant,
            ClientId = ClientId,
            User = string.IsNullOrEmpty(User) ? null : User,
            Scopes = Scope,
            Identity = string.IsNullOrEmpty(IdentityId) ? ManagedIdentityKind.System : IdentityKind,
            IdentityId = IdentityId,
            Authority = Authority,
        },
        DeviceCode = DeviceCode,
        ClientSecret = ClientSecret,
        Certificate = CertificateThumbprint is null && CertificatePath is null ? null : new CertificateReference
        {
            Thumbprint = CertificateThumbprint,
            Path = Full(CertificatePath),
            KeyPath = Full(CertificateKeyPath),
        },
        CertificatePassword = CertificatePassword,
        ManagedIdentity = ManagedIdentity || !string.IsNullOrEmpty(IdentityId),
        Federated = Federated,
        FederatedTokenFile = Full(FederatedTokenFile),
        GoogleKeyFile = Full(GoogleKeyFile),
        GoogleRefreshToken = GoogleRefreshToken,
        GoogleDeviceCode = GoogleDeviceCode,
    };

    private string? Full(string? path) => path is null ? null : FilePaths.Full(SessionState, path);

    private void WarnOnce(string text)
    {
        if (_warned.Add(text))
        {
            WriteWarning(text);
        }
    }
}
