using MailAdmin.Identity;
using MailAdmin.Identity.Google;

namespace MailAdmin.Tests.Identity;

public sealed class GoogleFlowTests
{
    [Fact]
    public async Task A_service_account_stands_for_a_user()
    {
        await using var kit = await SignInKit.StartAsync();
        var path = Path.Combine(kit.Folder, "key.json");
        await File.WriteAllTextAsync(path, kit.Provider.Google.KeyFile);
        var key = ServiceAccountKey.Load(path);
        var settings = kit.Google(TokenFlow.GoogleServiceAccount) with
        {
            ServiceAccount = key.Account,
            KeyId = key.KeyId,
            User = "alice@contoso.example",
        };
        var secrets = new TokenSecrets { PrivateKey = key.PrivateKey };

        await AssertCachedAsync(kit, settings, secrets);
        var unknown = await kit.FailureAsync(settings with { User = "nobody@contoso.example" }, secrets);
        var undelegated = await kit.FailureAsync(settings with { User = null }, secrets);

        Assert.Equal("alice@contoso.example", Assert.Single(kit.Provider.Tokens.Issued).User);
        Assert.Equal("invalid_grant", unknown.Code);
        Assert.Equal("unauthorized_client", undelegated.Code);
    }

    [Fact]
    public async Task A_refresh_token_earns_tokens_until_it_is_revoked()
    {
        await using var kit = await SignInKit.StartAsync();
        var secrets = new TokenSecrets { ClientSecret = "x", RefreshToken = kit.Provider.IssueGoogleRefreshToken() };
        var settings = kit.Google(TokenFlow.GoogleRefreshToken);

        await AssertCachedAsync(kit, settings, secrets);
        kit.Provider.RevokeGrants();
        var failure = await kit.FailureAsync(settings, secrets, kit.Options with { CacheFolder = null });

        Assert.Equal("invalid_grant", failure.Code);
        Assert.Contains("expired or revoked", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_signs_somebody_in_and_the_refresh_token_is_kept()
    {
        await using var kit = await SignInKit.StartAsync();
        var settings = kit.Google(TokenFlow.GoogleDeviceCode);
        var withPrompt = kit.Options with
        {
            ShowCode = prompt =>
            {
                kit.Provider.SignIns.Enter(prompt.UserCode, agree: true);
                return Task.CompletedTask;
            },
        };

        await AssertCachedAsync(kit, settings, TokenSecrets.None, withPrompt);
        using var source = kit.Source(settings, null, withPrompt with { CacheFolder = null });
        await source.GetTokenAsync(default);

        Assert.NotNull(source.RevealSecrets().RefreshToken);
    }

    [Fact]
    public async Task A_page_in_the_place_of_an_answer_is_no_crash()
    {
        await using var kit = await SignInKit.StartAsync();
        kit.Provider.Faults.Add(new("/token", 502) { Body = "<html>Bad gateway</html>" });
        kit.Provider.Faults.Add(new("/token", 200) { Body = "<html>Log in to the Wi-Fi</html>" });
        var secrets = new TokenSecrets { RefreshToken = "1//x" };

        var gateway = await kit.FailureAsync(kit.Google(TokenFlow.GoogleRefreshToken), secrets);
        var portal = await kit.FailureAsync(kit.Google(TokenFlow.GoogleRefreshToken), secrets);

        Assert.Equal(("TokenServiceFailed", 502), (gateway.ErrorId, gateway.Status));
        Assert.Equal("TokenServiceFailed", portal.ErrorId);
    }

    private static async Task AssertCachedAsync(
        SignInKit kit, TokenSettings settings, TokenSecrets secrets, TokenSourceOptions? options = null)
    {
        using var first = kit.Source(settings, secrets, options);
        using var second = kit.Source(settings, secrets);

        var token = await first.GetTokenAsync(default);
        var again = await second.GetTokenAsync(default);

        Assert.False(first.FromCache);
        Assert.True(second.FromCache);
        Assert.Equal(token.Value, again.Value);
    }
}
