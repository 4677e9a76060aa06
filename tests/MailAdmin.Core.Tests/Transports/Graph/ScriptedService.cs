using System.Net;
using System.Text;
using MailAdmin.Transports.Graph.Http;

namespace MailAdmin.Tests.Transports.Graph;

/// <summary>A service whose answers are said one by one; it notes what it was asked.</summary>
internal sealed class ScriptedService(params Func<HttpRequestMessage, HttpResponseMessage>[] answers)
    : HttpMessageHandler
{
    private int _next;

    /// <summary>The requests: method, address, and whether there was a token.</summary>
    public List<string> Requests { get; } = [];

    public List<byte[]> Bodies { get; } = [];

    /// <summary>False when bodies are read and dropped.</summary>
    public bool KeepsBodies { get; init; } = true;

    public HttpMessageHandler For(GraphPeer peer) => this;

    public static HttpResponseMessage Json(int status, string json, string? reason = null) =>
        new((HttpStatusCode)status)
    {
        Content = new StringContent(json, Encoding.UTF8, "application/json"),
        ReasonPhrase = reason,
    };

    public static HttpResponseMessage Refusal(int status, string code, string message = "No.", int? retryAfter = null)
    {
        var answer = Json(status, $$$"""{"error":{"code":"{{{code}}}","message":"{{{message}}}"}}""");
        answer.Headers.Add("request-id", "0000-1111");
        if (retryAfter is { } seconds)
        {
            answer.Headers.RetryAfter = new(TimeSpan.FromSeconds(seconds));
        }

        return answer;
    }

    public static HttpResponseMessage Accepted(HttpRequestMessage request) => Json(202, "");

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(
            $"{request.Method} {request.RequestUri}{(request.Headers.Authorization is null ? "" : " +token")}");
        if (KeepsBodies)
        {
            Bodies.Add(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
        }
        else
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
        }

        return answers[Math.Min(_next++, answers.Length - 1)](request);
    }
}
