using MailAdmin.Identity;
using MailAdmin.Net;
using MailAdmin.Tests.Net;

namespace MailAdmin.Tests.Identity;

/// <summary>Tokens through a proxy that wants a login (CONNECT, RFC 9110 §9.3.6).</summary>
public sealed class TokenProxyTests
{
    [Theory]
    [InlineData(TokenFlow.ClientSecret)]
    [InlineData(TokenFlow.GoogleRefreshToken)]
    public async Task Both_providers_are_asked_through_the_proxy(TokenFlow flow)
    {
        await using var kit = await SignInKit.StartAsync();
        await using var proxy = new LoginProxy(kit.Provider.Address.Port);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var http = new HttpClientSource(proxy.Address, [kit.Provider.Certificate]);
        var secrets = new TokenSecrets
        {
            ClientSecret = kit.App.Secret,
            RefreshToken = kit.Provider.IssueGoogleRefreshToken(),
        };

        using var source = kit.Source(
            flow == TokenFlow.ClientSecret ? kit.Settings(flow) : kit.Google(flow),
            secrets,
            kit.Options with { Http = http });
        var token = await source.GetTokenAsync(stop.Token);

        Assert.NotNull(kit.Provider.Tokens.Find(token.Value));
        proxy.AssertUsedFor($"localhost:{kit.Provider.Address.Port}");
    }
}
