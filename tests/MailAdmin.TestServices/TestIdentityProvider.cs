using System.Net;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Server;
using MailAdmin.TestServices.Control;
using MailAdmin.TestServices.Entra;
using MailAdmin.TestServices.Google;
using MailAdmin.TestServices.Graph;
using MailAdmin.TestServices.Hosting;
using MailAdmin.TestServices.Introspection;
using MailAdmin.TestServices.ManagedIdentity;
using MailAdmin.TestServices.SignIn;
using MailAdmin.TestServices.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MailAdmin.TestServices;

/// <summary>
/// A web server on the loopback address that plays Microsoft Entra ID, Google's token service and Microsoft Graph, as
/// far as mail needs them. It answers over HTTPS with a certificate of its own, and over HTTP for what a machine asks
/// itself.
/// </summary>
public sealed class TestIdentityProvider : IAsyncDisposable
{
    private readonly Grants _grants = new();
    private readonly WebApplication _app;

    private TestIdentityProvider(TestIdentityOptions options)
    {
        Options = options;
        Tokens.Lifetime = options.Lifetime;
        Certificate = ServerCertificate.Create("localhost", [], DateTimeOffset.UtcNow);
        _app = Build();
    }

    /// <summary>Whom it knows.</summary>
    public TestIdentityOptions Options { get; }

    /// <summary>Its certificate, which is its own authority.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The tokens that it makes.</summary>
    public TokenIssuer Tokens { get; } = new();

    /// <summary>The sign-ins with a code that are under way.</summary>
    public DeviceSignIns SignIns { get; } = new();

    /// <summary>Google's service account.</summary>
    public GoogleAccount Google { get; } = new();

    /// <summary>What was sent through Graph.</summary>
    public GraphOutbox Outbox { get; } = new();

    /// <summary>What shall go wrong.</summary>
    public HttpFaultScript Faults { get; } = new();

    /// <summary>What it was asked.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>Its address, with a slash at the end: <c>https://localhost:PORT/</c>.</summary>
    public Uri Address => AddressOf(Uri.UriSchemeHttps);

    /// <summary>Its address without TLS: <c>http://localhost:PORT/</c>.</summary>
    public Uri PlainAddress => AddressOf(Uri.UriSchemeHttp);

    /// <summary>The authority of its tenant, for MSAL.</summary>
    public Uri Authority => new(Address, Options.Tenant);

    /// <summary>The address to take in the place of Google's token service.</summary>
    public Uri GoogleAddress => new(Address, "google/");

    /// <summary>What a machine with a managed identity has in its environment: as in App Service.</summary>
    public IReadOnlyDictionary<string, string> AppServiceVariables => new Dictionary<string, string>
    {
        ["IDENTITY_ENDPOINT"] = new Uri(PlainAddress, "msi/token").AbsoluteUri,
        ["IDENTITY_HEADER"] = ManagedIdentityService.HeaderValue,
    };

    /// <summary>All that it knows or gave out and that nobody else may see: tokens, codes, secrets and keys.</summary>
    public IEnumerable<string> Secrets =>
    [
        .. Tokens.Issued.Select(t => t.Value),
        .. _grants.All,
        .. SignIns.DeviceCodes,
        .. Outbox.UploadKeys,
        .. Options.Apps.Select(a => a.Secret),
        Google.Key.ExportPkcs8PrivateKeyPem(),
    ];

    /// <summary>The host to take in the place of Graph's.</summary>
    public string GraphHost => Address.Authority;

    /// <summary>An application's token for a resource, without the asking.</summary>
    public IssuedToken IssueAppToken(string resource = "https://graph.microsoft.com") =>
        new EntraTokens(Options, Tokens).ForApp(Options.Apps[0], resource);

    /// <summary>A user's token for Graph, without the asking.</summary>
    public IssuedToken IssueUserToken(TestUser user, string scopes) =>
        new EntraTokens(Options, Tokens).ForUser(Options.Apps[0], user, "https://graph.microsoft.com", scopes);

    /// <summary>A refresh token of Google for the first user.</summary>
    public string IssueGoogleRefreshToken() =>
        _grants.Add("1//", new Grant(Options.Apps[0].ClientId, Options.Users[0], "https://mail.google.com/"));

    /// <summary>Makes all codes and refresh tokens so far worthless.</summary>
    public void RevokeGrants() => _grants.Clear();

    /// <summary>Has the token endpoint refuse the next request, in the form of Entra ID.</summary>
    public void Refuse(string error, int code, string text, int status = 400) =>
        Faults.Add(new HttpFault("/token", status)
        {
            Body = EntraError.Body(error, code, text, Options.Time.GetUtcNow()).ToJsonString(),
        });

    /// <summary>Starts one on ports that are free.</summary>
    public static async Task<TestIdentityProvider> StartAsync(
        TestIdentityOptions? options = null, CancellationToken cancellationToken = default)
    {
        var provider = new TestIdentityProvider(options ?? new());
        await provider._app.StartAsync(cancellationToken);
        return provider;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Tokens.Dispose();
        Google.Dispose();
        Certificate.Dispose();
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(Certificate));
            kestrel.Listen(IPAddress.Loopback, 0);
        });

        // A test must not wait for a request that hangs on purpose.
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(
            host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));

        var app = builder.Build();
        var faults = new FaultMiddleware(Faults, Requests);
        app.Use(next => context => faults.InvokeAsync(context, next));
        foreach (var service in Services())
        {
            service.Map(app);
        }

        return app;
    }

    private IEnumerable<ITestService> Services() =>
    [
        new EntraService(Options, Tokens, SignIns, _grants),
        new GoogleService(Options, Tokens, SignIns, _grants, Google),
        new ManagedIdentityService(Options, Tokens),
        new IntrospectionService(Options, Tokens),
        new GraphService(Outbox, new GraphAccess(Options, Tokens)),
        new ControlService(this),
    ];

    private Uri AddressOf(string scheme)
    {
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var bound = addresses.Select(a => new Uri(a)).Single(a => a.Scheme == scheme);
        return new UriBuilder(bound) { Host = "localhost" }.Uri;
    }
}
