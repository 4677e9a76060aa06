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
            Assert.Equal("https://mta-sts.xn--bcher-kva.example/.well-known/mta-sts.txt", request.RequestUri?.ToString());
            return Answer(HttpStatusCode.OK, "version: STSv1", "text/plain");
        });
        Assert.Equal("version: STSv1", fetch.Text);
    }

    [Fact]
    public async Task Takes_nothing_but_a_plain_text_with_status_200()
    {
        Assert.Equal("MtaStsHttpStatus", (await Fetch(_ => Answer(HttpStatusCode.Redirect, "", "text/plain"))).Fault?.Key);
        Assert.Equal("MtaStsHttpStatus", (await Fetch(_ => Answer(HttpStatusCode.NotFound, "", "text/plain"))).Fault?.Key);
        Assert.Equal("MtaStsContentType", (await Fetch(_ => Answer(HttpStatusCode.OK, "", "text/html"))).Fault?.Key);
        Assert.Equal("MtaStsUnreachable", (await Fetch(_ => throw new HttpRequestException("no"))).Fault?.Key);
    }

    [Fact]
    public async Task Takes_no_file_of_any_length() =>
        Assert.Equal(
            "MtaStsUnreachable",
            (await Fetch(_ => Answer(HttpStatusCode.OK, new string('x', 70_000), "text/plain"))).Fault?.Key);

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
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(request));
    }
}
