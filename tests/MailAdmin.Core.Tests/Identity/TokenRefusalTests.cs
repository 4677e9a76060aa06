using MailAdmin.Diagnosis;
using MailAdmin.Identity;
using MailAdmin.TestServices;

namespace MailAdmin.Tests.Identity;

public sealed class TokenRefusalTests
{
    [Fact]
    public async Task The_providers_own_refusals_keep_their_codes()
    {
        await using var kit = await SignInKit.StartAsync(new TestIdentityOptions
        {
            Apps =
            [
                new TestApp(),
                new TestApp { ClientId = "99999999-0000-0000-0000-000000000000", SecretExpired = true },
            ],
        });
        var settings = kit.Settings(TokenFlow.ClientSecret);
        var secrets = kit.AppSecret;

        var tenant = await kit.FailureAsync(settings with { Tenant = "00000000-0000-0000-0000-00000000abcd" }, secrets);
        var client = await kit.FailureAsync(
            settings with { ClientId = "00000000-0000-0000-0000-00000000abcd" }, secrets);
        var secret = await kit.FailureAsync(settings, new TokenSecrets { ClientSecret = "wrong" });
        var expired = await kit.FailureAsync(
            settings with { ClientId = "99999999-0000-0000-0000-000000000000" }, secrets);

        Assert.Equal("AADSTS90002", tenant.Code);
        Assert.Equal("AADSTS700016", client.Code);
        Assert.Equal("AADSTS7000215", secret.Code);
        Assert.Equal("AADSTS7000222", expired.Code);
        Assert.All([tenant, client, secret, expired], e =>
        {
            Assert.Equal("TokenRefused", e.ErrorId);
            Assert.Null(e.InnerException);
            Assert.DoesNotContain("Trace ID", e.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(90002, "EntraTenantUnknown")]
    [InlineData(700016, "EntraClientUnknown")]
    [InlineData(7000215, "EntraSecretWrong")]
    [InlineData(7000222, "EntraSecretExpired")]
    [InlineData(700027, "EntraCertificateUnregistered")]
    [InlineData(65001, "EntraConsentMissing")]
    [InlineData(53003, "EntraConditionalAccess")]
    [InlineData(50076, "EntraMfaNeeded")]
    [InlineData(50079, "EntraMfaNeeded")]
    [InlineData(50057, "EntraUserDisabled")]
    [InlineData(50034, "EntraUserUnknown")]
    [InlineData(50126, "EntraPasswordWrong")]
    [InlineData(700213, "EntraFederationMismatch")]
    [InlineData(700082, "EntraSignInExpired")]
    public async Task Each_code_of_Entra_has_its_diagnosis_in_both_languages(int code, string rule)
    {
        await using var kit = await SignInKit.StartAsync();
        kit.Provider.Refuse("invalid_grant", code, "Something in the way of Microsoft's words.");

        var failure = await kit.FailureAsync(kit.Settings(TokenFlow.ClientSecret), kit.AppSecret);

        Assert.Equal($"AADSTS{code}", failure.Code);
        foreach (var culture in new[] { "en-US", "ja-JP" })
        {
            var diagnosis = ErrorCatalog.Default.Explain(failure, culture)[0];
            Assert.Equal(rule, diagnosis.Id);
            Assert.NotEmpty(diagnosis.Remedies);
        }
    }

    [Theory]
    [InlineData("invalid_grant", "Token has been expired or revoked.", "GoogleGrantExpired")]
    [InlineData("invalid_grant", "Invalid JWT Signature.", "GoogleKeyWrong")]
    [InlineData("invalid_grant", "Invalid email or User ID", "GoogleUserUnknown")]
    [InlineData(
        "unauthorized_client",
        "Client is unauthorized to retrieve access tokens using this method.",
        "GoogleNotDelegated")]
    [InlineData("admin_policy_enforced", "Access is blocked by the administrator.", "GoogleAdminPolicy")]
    [InlineData("invalid_client", "The OAuth client was not found.", "GoogleClientUnknown")]
    public async Task Each_error_of_Google_has_its_diagnosis_in_both_languages(string error, string text, string rule)
    {
        await using var kit = await SignInKit.StartAsync();
        kit.Provider.Faults.Add(new("/token", 400)
        {
            Body = $$"""{"error":"{{error}}","error_description":"{{text}}"}""",
        });

        var failure = await kit.FailureAsync(
            kit.Google(TokenFlow.GoogleRefreshToken), new TokenSecrets { RefreshToken = "1//x" });

        Assert.Equal(error, failure.Code);
        foreach (var culture in new[] { "en-US", "ja-JP" })
        {
            Assert.Equal(rule, ErrorCatalog.Default.Explain(failure, culture)[0].Id);
        }
    }

    [Theory]
    [InlineData(TokenFlow.ClientSecret)]
    [InlineData(TokenFlow.GoogleRefreshToken)]
    public async Task Throttling_says_how_long(TokenFlow flow)
    {
        await using var kit = await SignInKit.StartAsync();
        kit.Provider.Faults.Add(new("/token", 429)
        {
            RetryAfter = 17,
            Count = 5,
            Body = """{"error":"temporarily_unavailable"}""",
        });
        var settings = flow == TokenFlow.ClientSecret ? kit.Settings(flow) : kit.Google(flow);

        var failure = await kit.FailureAsync(
            settings, new TokenSecrets { ClientSecret = kit.App.Secret, RefreshToken = "1//x" });

        Assert.Equal(MailErrorKind.Limit, failure.Kind);
        Assert.Equal(TimeSpan.FromSeconds(17), failure.RetryAfter);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task A_provider_that_is_not_there_is_said_to_be_out_of_reach()
    {
        await using var kit = await SignInKit.StartAsync();
        var settings = kit.Settings(TokenFlow.ClientSecret) with { Authority = new Uri("https://localhost:9/") };

        var failure = await kit.FailureAsync(settings, kit.AppSecret);

        Assert.Equal(("TokenServiceUnreachable", MailErrorKind.Connection), (failure.ErrorId, failure.Kind));
    }

    [Fact]
    public async Task A_provider_whose_certificate_nobody_vouches_for_is_not_believed()
    {
        await using var kit = await SignInKit.StartAsync();
        using var strict = new MailAdmin.Net.HttpClientSource();

        var failure = await kit.FailureAsync(
            kit.Settings(TokenFlow.ClientSecret), kit.AppSecret, kit.Options with { Http = strict });

        Assert.Equal("TokenServiceUnreachable", failure.ErrorId);
        Assert.Empty(kit.Provider.Requests.Lines);
    }
}
