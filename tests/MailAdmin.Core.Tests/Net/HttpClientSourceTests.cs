using MailAdmin.Net;
using MailAdmin.TestServices;

namespace MailAdmin.Tests.Net;

public sealed class HttpClientSourceTests
{
    [Fact]
    public async Task A_server_is_believed_only_through_an_authority()
    {
        await using var server = await TestIdentityProvider.StartAsync();
        var place = new Uri($"{server.Authority}/v2.0/.well-known/openid-configuration");
        using var strange = new HttpClientSource();
        using var known = new HttpClientSource(authorities: [server.Certificate]);

        await Assert.ThrowsAsync<HttpRequestException>(() => strange.Client.GetAsync(place));
        using var answer = await known.Client.GetAsync(place);

        Assert.True(answer.IsSuccessStatusCode);
    }

    [Fact]
    public void The_password_of_a_proxy_is_not_shown()
    {
        using var source = new HttpClientSource(new Uri("http://user:hunter2@proxy.example:8080"));

        Assert.DoesNotContain("hunter2", source.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_proxy_of_another_kind_is_refused() =>
        Assert.Throws<DialOptionsException>(() => new HttpClientSource(new Uri("ftp://proxy.example")));
}
