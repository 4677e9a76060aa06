using MailAdmin.Identity;
using MailAdmin.Net;
using MailAdmin.TestServices;
using MailAdmin.TestServices.SignIn;

namespace MailAdmin.Tests.Identity;

/// <summary>
/// A test identity provider with what token sources need to reach it, and a cache folder that goes away.
/// </summary>
internal sealed class SignInKit : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-cache-");
    private Task _browsing = Task.CompletedTask;

    private SignInKit(TestIdentityProvider provider)
    {
        Provider = provider;
        Http = new HttpClientSource(authorities: [provider.Certificate]);
        Options = new TokenSourceOptions
        {
            Http = Http,
            CacheFolder = Path.Combine(_folder.FullName, "tokens"),
            Time = provider.Options.Time,
        };
    }

    public TestIdentityProvider Provider { get; }

    public HttpClientSource Http { get; }

    public TokenSourceOptions Options { get; }

    public string Folder => _folder.FullName;

    public TestApp App => Provider.Options.Apps[0];

    public TokenSecrets AppSecret => new() { ClientSecret = App.Secret };

    /// <summary>The settings of a flow of Entra ID.</summary>
    public TokenSettings Settings(TokenFlow flow) => new()
    {
        Flow = flow,
        Tenant = Provider.Options.Tenant,
        ClientId = App.ClientId,
        Authority = Provider.Address,
    };

    /// <summary>The settings of a flow of Google.</summary>
    public TokenSettings Google(TokenFlow flow) => new()
    {
        Flow = flow,
        ClientId = App.ClientId,
        Authority = Provider.GoogleAddress,
    };

    public static async Task<SignInKit> StartAsync(TestIdentityOptions? options = null) =>
        new(await TestIdentityProvider.StartAsync(options));

    public RenewableTokenSource Source(
        TokenSettings settings, TokenSecrets? secrets = null, TokenSourceOptions? options = null) =>
        RenewableTokenSource.Create(settings, secrets ?? TokenSecrets.None, options ?? Options);

    /// <summary>The failure of a source that gives no token.</summary>
    public async Task<TokenException> FailureAsync(
        TokenSettings settings, TokenSecrets? secrets = null, TokenSourceOptions? options = null)
    {
        using var source = Source(settings, secrets, options);
        return await Assert.ThrowsAsync<TokenException>(() => source.GetTokenAsync(default).AsTask());
    }

    /// <summary>Stands in for opening the browser, which then goes its own way.</summary>
    public Task OpenBrowser(Uri address)
    {
        _browsing = new TestBrowser(Http.Client).VisitAsync(address);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _browsing;
        Http.Dispose();
        await Provider.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
