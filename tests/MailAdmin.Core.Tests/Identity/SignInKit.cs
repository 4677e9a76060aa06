using System.Text.RegularExpressions;
using MailAdmin.Identity;
using MailAdmin.Net;
using MailAdmin.TestServices;

namespace MailAdmin.Tests.Identity;

/// <summary>A test identity provider with what token sources need to reach it, and a cache folder that goes away.</summary>
internal sealed partial class SignInKit : IAsyncDisposable
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

    /// <summary>
    /// Stands in for the browser, which is opened and then goes its own way: where it is sent, posting the forms that
    /// post themselves.
    /// </summary>
    public Task OpenBrowser(Uri address)
    {
        _browsing = BrowseAsync(address);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _browsing;
        Http.Dispose();
        await Provider.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task BrowseAsync(Uri address)
    {
        using var answer = await Http.Client.GetAsync(address);
        if (answer.Headers.Location is { } next)
        {
            await ArriveAsync(() => Http.Client.GetAsync(next));
            return;
        }

        var page = await answer.Content.ReadAsStringAsync();
        var fields = Input().Matches(page).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        using var form = new FormUrlEncodedContent(fields);
        await ArriveAsync(() => Http.Client.PostAsync(Action().Match(page).Groups[1].Value, form));
    }

    // MSAL opens the browser before it listens.
    private static async Task ArriveAsync(Func<Task<HttpResponseMessage>> go)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var arrived = await go();
                return;
            }
            catch (HttpRequestException) when (attempt < 50)
            {
                await Task.Delay(100);
            }
        }
    }

    [GeneratedRegex("name=\"(.*?)\" value=\"(.*?)\"")]
    private static partial Regex Input();

    [GeneratedRegex("action=\"(.*?)\"")]
    private static partial Regex Action();
}
