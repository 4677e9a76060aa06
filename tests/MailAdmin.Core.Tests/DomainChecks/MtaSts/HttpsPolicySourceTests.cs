using System.Net;
using System.Net.Http.Headers;
using MailAdmin.Addressing;
using MailAdmin.DomainChecks.MtaSts;

namespace MailAdmin.Tests.DomainChecks.MtaSts;

public sealed class HttpsPolicySourceTests
{
    [Fact]
    public async Task Fetches_the_file_from_its_place()
    {
        var fetch = await Fetch(request =>
        {
            Assert.Equal(
                "https://mta-sts.xn--bcher-kva.example/.well-known/mta-sts.txt", request.RequestUri?.ToString());
            return Answer(HttpStatusCode.OK, "version: STSv1", "text/plain");
        });
        Assert.Equal("version: STSv1", fetch.Text);
    }

    [Fact]
    public async Task Takes_nothing_but_a_plain_text_with_status_200()
    {
        Assert.Equal(
            "MtaStsHttpStatus", (await Fetch(_ => Answer(HttpStatusCode.Redirect, "", "text/plain"))).Fault?.Key);
        Assert.Equal(
            "MtaStsHttpStatus", (await Fetch(_ => Answer(HttpStatusCode.NotFound, "", "text/plain"))).Fault?.Key);
        Assert.Equal("MtaStsContentType", (await Fetch(_ => Answer(HttpStatusCode.OK, "", "text/html"))).Fault?.Key);
        Assert.Equal("MtaStsUnreachable", (await Fetch(_ => throw new HttpRequestException("no"))).Fault?.Key);
    }

    [Fact]
    public async Task Takes_no_file_of_any_length() =>
        Assert.Equal(
            "MtaStsUnreachable",
            (await Fetch(_ => Answer(HttpStatusCode.OK, new string('x', 70_000), "text/plain"))).Fault?.Key);

    [Fact]
    public async Task Finds_the_web_server_through_the_resolver_that_it_is_given()
    {
        var resolver = new MemoryResolver();
        using var source = HttpsPolicySource.Through(resolver);
        var fetch = await source.FetchAsync(DomainName.Parse("example.com"), default);
        Assert.Equal("MtaStsUnreachable", fetch.Fault?.Key);
        Assert.Equal(2, resolver.Queries);
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string text, string type) => new(status)
    {
        Content = new StringContent(text) { Headers = { ContentType = new MediaTypeHeaderValue(type) } },
    };

    private static async Task<MtaStsFetch> Fetch(Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        using var source = new HttpsPolicySource(new Web(answer));
        return await source.FetchAsync(DomainName.Parse("bücher.example"), default);
    }

    private sealed class Web(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }
}
