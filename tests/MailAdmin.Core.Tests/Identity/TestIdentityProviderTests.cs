using System.Net;
using System.Text.Json.Nodes;
using MailAdmin.TestServices;

namespace MailAdmin.Tests.Identity;

public sealed class TestIdentityProviderTests
{
    [Fact]
    public async Task An_app_with_its_secret_gets_a_token_and_the_script_can_spoil_that()
    {
        await using var provider = await TestIdentityProvider.StartAsync();
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) =>
                certificate!.RawDataMemory.Span.SequenceEqual(provider.Certificate.RawDataMemory.Span),
        };
        using var client = new HttpClient(handler);
        var app = provider.Options.Apps[0];
        Task<HttpResponseMessage> AskAsync(string secret) => client.PostAsync(
            $"{provider.Authority}/oauth2/v2.0/token",
            new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = app.ClientId,
                ["client_secret"] = secret,
                ["scope"] = "https://outlook.office365.com/.default",
            }));

        provider.Faults.Add(new("/token", 429) { RetryAfter = 7 });
        using var throttled = await AskAsync(app.Secret);
        using var refused = await AskAsync("wrong");
        using var granted = await AskAsync(app.Secret);

        Assert.Equal(HttpStatusCode.TooManyRequests, throttled.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), throttled.Headers.RetryAfter!.Delta);
        Assert.Contains("AADSTS7000215", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var answer = JsonNode.Parse(await granted.Content.ReadAsStringAsync())!;
        var issued = provider.Tokens.Find(answer["access_token"]!.GetValue<string>());
        Assert.Equal("https://outlook.office365.com", issued!.Audience);
        Assert.Equal(3, provider.Requests.Count("/token"));
    }
}
