using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MailAdmin.Identity;
using MailAdmin.Sasl;
using MailAdmin.TestServices;

namespace MailAdmin.Tests.Identity;

/// <summary>What becomes of a token that a server refused, and how a server asks about one.</summary>
public sealed class RefusedTokenTests
{
    [Theory]
    [InlineData(TokenService.Smtp)]
    [InlineData(TokenService.Hve)]
    public async Task A_refused_token_is_replaced_once_although_its_time_is_not_over(TokenService service)
    {
        await using var kit = await SignInKit.StartAsync();
        using var source = kit.Source(kit.Settings(TokenFlow.ClientSecret) with { Service = service }, kit.AppSecret);
        var refused = await source.GetTokenAsync(default);

        var renewed = await source.RenewAsync(refused, default);

        // Another message was refused with the same token in the meantime.
        var again = await source.RenewAsync(new AccessToken(refused.Value), default);
        Assert.NotEqual(refused.Value, renewed.Value);
        Assert.Same(renewed, again);
        Assert.Same(renewed, await source.GetTokenAsync(default));
    }

    [Fact]
    public async Task Servers_ask_about_a_token_with_a_login_and_learn_nothing_of_one_that_is_over()
    {
        await using var provider = await TestIdentityProvider.StartAsync();
        using var client = new HttpClient { BaseAddress = provider.PlainAddress };
        var end = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();
        var token = provider.Tokens.Issue(
            new JsonObject { ["aud"] = "x", ["upn"] = "alice@contoso.example", ["exp"] = end });
        var over = provider.Tokens.Issue(new JsonObject { ["aud"] = "x", ["exp"] = 1L });

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(Question(token.Value))).StatusCode);

        var app = provider.Options.Apps[0];
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{app.ClientId}:{app.Secret}")));
        var asked = JsonNode.Parse(await client.GetStringAsync(Question(token.Value)))!;
        using var form = new FormUrlEncodedContent([new("token", token.Value)]);
        using var posted = await client.PostAsync(new Uri("oauth2/introspect", UriKind.Relative), form);
        Assert.Equal(asked.ToJsonString(), await posted.Content.ReadAsStringAsync());
        Assert.Equal(("x", "alice@contoso.example", end), (
            asked["aud"]!.GetValue<string>(), asked["username"]!.GetValue<string>(), asked["exp"]!.GetValue<long>()));
        Assert.Equal("""{"active":false}""", await client.GetStringAsync(Question(over.Value)));
        Assert.Equal("""{"active":false}""", await client.GetStringAsync(Question("another")));
    }

    private static Uri Question(string token) => new($"oauth2/introspect?token={token}", UriKind.Relative);
}
