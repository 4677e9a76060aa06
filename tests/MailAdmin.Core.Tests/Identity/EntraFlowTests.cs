using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailAdmin.Identity;
using MailAdmin.Net;
using MailAdmin.TestServices;

namespace MailAdmin.Tests.Identity;

/// <summary>Every flow of Entra ID through MSAL itself, and what the cache makes of a second process.</summary>
public sealed class EntraFlowTests
{
    private const string Exchange = "https://outlook.office365.com";

    [Fact]
    public async Task A_secret_earns_a_token_which_the_cache_keeps()
    {
        await using var kit = await SignInKit.StartAsync();

        await AssertCachedAsync(kit, kit.Settings(TokenFlow.ClientSecret), kit.AppSecret);

        var token = Assert.Single(kit.Provider.Tokens.Issued);
        Assert.Equal(Exchange, token.Audience);
        Assert.Null(token.User);
    }

    [Theory]
    [InlineData("pfx")]
    [InlineData("pem")]
    public async Task A_certificate_earns_a_token_which_the_cache_keeps(string form)
    {
        using var key = RSA.Create(2048);
        using var certificate = Certificate(key);
        await using var kit = await StartAsync(certificate);
        var path = Path.Combine(kit.Folder, $"app.{form}");
        await File.WriteAllBytesAsync(path, form == "pfx"
            ? certificate.Export(X509ContentType.Pfx, "word")
            : Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem()));
        var settings = kit.Settings(TokenFlow.ClientCertificate) with { Certificate = new() { Path = path } };
        var secrets = form == "pfx" ? new TokenSecrets { CertificatePassword = "word" } : TokenSecrets.None;

        await AssertCachedAsync(kit, settings, secrets);
    }

    [Fact]
    public async Task A_certificate_in_the_user_s_store_earns_a_token_which_the_cache_keeps()
    {
        using var key = RSA.Create(2048);
        using var fleeting = Certificate(key);
        using var certificate = X509CertificateLoader.LoadPkcs12(
            fleeting.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.PersistKeySet);
        await using var kit = await StartAsync(certificate);
        var settings = kit.Settings(TokenFlow.ClientCertificate) with
        {
            // As people copy it from a window: in small letters, with blanks.
            Certificate = new() { Thumbprint = certificate.Thumbprint.ToLowerInvariant().Insert(20, " ") },
        };
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadWrite);
        store.Add(certificate);
        try
        {
            await AssertCachedAsync(kit, settings, TokenSecrets.None);
        }
        finally
        {
            store.Remove(certificate);
        }

        using var source = kit.Source(settings, options: kit.Options with { CacheFolder = null });
        var failure = await Assert.ThrowsAsync<ClientCertificateException>(
            () => source.GetTokenAsync(default).AsTask());
        Assert.Equal("ClientCertificateNotFound", failure.ErrorId);
    }

    [Fact]
    public async Task A_foreign_token_earns_a_token_and_its_file_is_read_anew()
    {
        await using var kit = await SignInKit.StartAsync(new TestIdentityOptions
        {
            Apps = [new TestApp { FederatedSubject = "system:serviceaccount:mail:sender" }],
        });
        var path = Path.Combine(kit.Folder, "token");
        var settings = kit.Settings(TokenFlow.Federated) with { FederatedTokenFile = path };
        async Task WriteAsync(string subject) => await File.WriteAllTextAsync(
            path,
            kit.Provider.Tokens.Sign(new()
            {
                ["iss"] = "https://cluster.example",
                ["sub"] = subject,
                ["aud"] = "api://AzureADTokenExchange",
            }) + "\n");

        await WriteAsync("system:serviceaccount:mail:other");
        var failure = await kit.FailureAsync(settings);
        await WriteAsync("system:serviceaccount:mail:sender");

        Assert.Equal("AADSTS700213", failure.Code);
        await AssertCachedAsync(kit, settings, TokenSecrets.None);
    }

    [Fact]
    public async Task A_browser_signs_somebody_in_and_the_second_process_asks_nobody()
    {
        await using var kit = await SignInKit.StartAsync(new TestIdentityOptions
        {
            Users = [new("alice@contoso.example"), new("bob@contoso.example") { ObjectId = Guid.NewGuid().ToString() }],
        });
        var browsing = new List<Uri>();
        var withBrowser = kit.Options with
        {
            MayOpenBrowser = true,
            OpenBrowser = address =>
            {
                browsing.Add(address);
                return kit.OpenBrowser(address);
            },
        };
        var settings = kit.Settings(TokenFlow.Interactive) with { User = "bob@contoso.example" };

        await AssertCachedAsync(kit, settings, TokenSecrets.None, withBrowser);

        Assert.Contains("code_challenge=", Assert.Single(browsing).Query, StringComparison.Ordinal);
        Assert.Equal("bob@contoso.example", Assert.Single(kit.Provider.Tokens.Issued).User);
    }

    [Fact]
    public async Task Who_declines_in_the_browser_is_told_so()
    {
        await using var kit = await SignInKit.StartAsync(new TestIdentityOptions { DeclineSignIn = true });
        var withBrowser = kit.Options with { MayOpenBrowser = true, OpenBrowser = kit.OpenBrowser };

        var failure = await kit.FailureAsync(kit.Settings(TokenFlow.Interactive), options: withBrowser);

        Assert.Equal("TokenDeclined", failure.ErrorId);
    }

    [Fact]
    public async Task A_code_signs_somebody_in_and_the_second_process_asks_nobody()
    {
        await using var kit = await SignInKit.StartAsync();
        var prompts = new List<DeviceCodePrompt>();
        var withPrompt = kit.Options with
        {
            ShowCode = prompt =>
            {
                prompts.Add(prompt);
                kit.Provider.SignIns.Enter(prompt.UserCode, agree: true);
                return Task.CompletedTask;
            },
        };

        await AssertCachedAsync(kit, kit.Settings(TokenFlow.DeviceCode), TokenSecrets.None, withPrompt);

        Assert.Equal("/devicelogin", Assert.Single(prompts).Address.AbsolutePath);
    }

    [Fact]
    public async Task A_code_that_is_declined_or_forgotten_is_told_apart()
    {
        await using var kit = await SignInKit.StartAsync(new TestIdentityOptions
        {
            DeviceCodeLifetime = TimeSpan.FromSeconds(2),
        });
        var declining = kit.Options with
        {
            ShowCode = prompt =>
            {
                kit.Provider.SignIns.Enter(prompt.UserCode, agree: false);
                return Task.CompletedTask;
            },
        };
        var forgetting = kit.Options with { ShowCode = _ => Task.CompletedTask };

        var declined = await kit.FailureAsync(kit.Settings(TokenFlow.DeviceCode), options: declining);
        var forgotten = await kit.FailureAsync(kit.Settings(TokenFlow.DeviceCode), options: forgetting);

        Assert.Equal("TokenDeclined", declined.ErrorId);
        Assert.Equal("TokenCodeExpired", forgotten.ErrorId);
    }

    [Theory]
    [InlineData(TokenFlow.Interactive)]
    [InlineData(TokenFlow.DeviceCode)]
    public async Task Without_anybody_there_a_sign_in_fails_at_once(TokenFlow flow)
    {
        await using var kit = await SignInKit.StartAsync();

        var failure = await kit.FailureAsync(kit.Settings(flow));

        Assert.Equal("TokenSignInNeeded", failure.ErrorId);
        Assert.Empty(kit.Provider.Requests.Lines);
    }

    private static X509Certificate2 Certificate(RSA key) =>
        new CertificateRequest("CN=app", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));

    private static Task<SignInKit> StartAsync(X509Certificate2 certificate) => SignInKit.StartAsync(new()
    {
        Apps = [new TestApp { CertificateThumbprints = [certificate.GetCertHashString(HashAlgorithmName.SHA256)] }],
    });

    private static async Task AssertCachedAsync(
        SignInKit kit, TokenSettings settings, TokenSecrets secrets, TokenSourceOptions? options = null)
    {
        using var first = kit.Source(settings, secrets, options);
        using var second = kit.Source(settings, secrets);

        var token = await first.GetTokenAsync(default);
        var same = await first.GetTokenAsync(default);
        var asked = kit.Provider.Requests.Count("/token");
        var again = await second.GetTokenAsync(default);

        Assert.False(first.FromCache);
        Assert.Same(token, same);
        Assert.True(second.FromCache);
        Assert.Equal(token.Value, again.Value);
        Assert.Equal(asked, kit.Provider.Requests.Count("/token"));
        Assert.InRange(
            token.ExpiresAt!.Value - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(55), TimeSpan.FromMinutes(61));
    }
}
