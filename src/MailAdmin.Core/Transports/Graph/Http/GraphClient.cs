using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.Sasl;
using MailAdmin.Smtp;

namespace MailAdmin.Transports.Graph.Http;

/// <summary>
/// Makes requests: with a token, and again when the service puts it off or has no use for the token any more.
/// <code>
/// answer                         made again
/// -----------------------------  -----------------------------------------------------------------
/// 401                            once, with another token, if the source has one: nothing was done
/// 429, 503                       after what Retry-After says, or growing waits: nothing was done
/// 504                            likewise, where twice does no harm: the inner service may have done it
/// no answer, or a broken one     never; behind the last octet of a message that is an unknown outcome
/// </code>
/// </summary>
internal sealed class GraphClient(
    GraphRoute route, HttpClient http, GraphTranscript transcript, TimeProvider time, IRandomSource random)
{
    private const int MaxBody = 256 * 1024;

    /// <summary>The service's name.</summary>
    public string Host => route.Address.Host;

    /// <summary>Keeps the secret part of an address out of everything that is shown.</summary>
    public void Protect(Uri address) => transcript.Protect(address);

    /// <summary>Makes a request; whatever was answered is returned, refusals too.</summary>
    /// <param name="request">The request.</param>
    /// <param name="patience">What of the time for waiting is left.</param>
    /// <param name="cancellationToken">Gives up at once.</param>
    /// <exception cref="OutcomeUnknownException">A message had left when the connection broke.</exception>
    /// <exception cref="MailException">There is no token, no connection or no answer.</exception>
    public async Task<GraphAnswer> SendAsync(
        GraphRequest request, GraphPatience patience, CancellationToken cancellationToken)
    {
        var token = request.CarriesToken
            ? await route.Tokens.GetTokenAsync(cancellationToken).ConfigureAwait(false)
            : null;
        while (true)
        {
            var answer = await OnceAsync(request, token, cancellationToken).ConfigureAwait(false);
            if (answer.Status == 401 && token is not null && patience.MayRenew())
            {
                var other = await RenewAsync(token, cancellationToken).ConfigureAwait(false);
                if (other is not null)
                {
                    transcript.Note("the token was refused; trying with a new one");
                    token = other;
                    continue;
                }
            }

            if (!IsPutOff(answer, request.Repeat) || patience.NextWait(answer.RetryAfter) is not { } wait)
            {
                return answer;
            }

            transcript.Note(string.Create(
                CultureInfo.InvariantCulture, $"put off ({answer.Status}); waiting {wait.TotalSeconds:0.#} seconds"));
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes a request, and fails unless it is answered so.</summary>
    public async Task<GraphAnswer> ExpectAsync(
        GraphRequest request, GraphPatience patience, int[] statuses, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(request, patience, cancellationToken).ConfigureAwait(false);
        return statuses.Contains(answer.Status) ? answer
            : answer.Status is >= 300 ? throw GraphFaults.Of(request.Address.Host, request.Step, answer)
            : throw GraphFaults.NotUnderstood(request.Address.Host, request.Step, answer.Outcome);
    }

    private static bool IsPutOff(GraphAnswer answer, GraphRepeat repeat) =>
        answer.Status is 429 or 503 || (answer.Status == 504 && repeat == GraphRepeat.Harmless);

    private async ValueTask<AccessToken?> RenewAsync(AccessToken refused, CancellationToken cancellationToken)
    {
        try
        {
            var renewed = await route.Tokens.RenewAsync(refused, cancellationToken).ConfigureAwait(false);
            return renewed.Value == refused.Value ? null : renewed;
        }
        catch (MailException)
        {
            // What the service said tells more.
            return null;
        }
    }

    private async Task<GraphAnswer> OnceAsync(
        GraphRequest request, AccessToken? token, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(route.Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        using var content = request.Content();
        using var message = Message(request, content, token);
        content.Wrote = written =>
        {
            silence.CancelAfter(route.Patience);
            request.Progress?.Report(written);
        };
        transcript.Request(message);
        try
        {
            using var response = await http
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token)
                .ConfigureAwait(false);
            transcript.SentContent(content.Length);
            silence.CancelAfter(route.Patience);
            var answer = await ReadAsync(response, message, both.Token).ConfigureAwait(false);
            transcript.Answer(answer);
            return answer;
        }
        catch (Exception e) when (
            e is HttpRequestException or IOException or OperationCanceledException or MailException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var failure = Explain(e, request);
            transcript.Note(failure.Message);
            if (request.Repeat == GraphRepeat.Sends && content.HasLeft)
            {
                throw new OutcomeUnknownException(failure);
            }

            if (failure == e)
            {
                throw;
            }

            throw failure;
        }
    }

    private HttpRequestMessage Message(GraphRequest request, GraphContent content, AccessToken? token)
    {
        Span<byte> name = stackalloc byte[16];
        random.Fill(name);
        var message = new HttpRequestMessage(request.Method, request.Address) { Content = content };
        message.Headers.Add("client-request-id", new Guid(name).ToString());
        message.Headers.Add("return-client-request-id", "true");
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("MailAdmin", null));
        content.Headers.ContentRange = request.Range;
        if (token is not null)
        {
            transcript.Protect(token.Value);
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Checked(token.Value));
        }

        return message;
    }

    // A line break would end the field and begin another.
    private static string Checked(string token) =>
        token.Length > 0 && token.All(char.IsAscii) && !token.Any(char.IsControl)
        ? token
        : throw new GraphException(
            "GraphTokenMalformed",
            MailErrorKind.InvalidInput,
            "The access token is empty or holds characters that no token has.",
            "Get it again; a line break often comes along when it is read from a file.");

    private async Task<GraphAnswer> ReadAsync(
        HttpResponseMessage response, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await BodyAsync(response, cancellationToken).ConfigureAwait(false);
        var (code, words) = (int)response.StatusCode < 400 ? (null, null) : GraphErrorBody.Read(body);
        return new GraphAnswer
        {
            Status = (int)response.StatusCode,
            Reason = transcript.Clean(response.ReasonPhrase ?? ""),
            RequestId = Field(response, "request-id"),
            ClientRequestId = request.Headers.GetValues("client-request-id").First(),
            RetryAfter = Wait(response.Headers.RetryAfter),
            Body = body,
            Code = code is null ? null : transcript.Clean(code),
            Message = words is null ? null : transcript.Clean(words),
        };
    }

    /// <summary>
    /// The body; of one that is too long, or that breaks off behind a status that says all, what there is.
    /// </summary>
    private static async Task<ReadOnlyMemory<byte>> BodyAsync(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = new byte[4096];
        var length = 0;
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            while (length < MaxBody)
            {
                if (length == body.Length)
                {
                    Array.Resize(ref body, body.Length * 2);
                }

                try
                {
                    var read = await stream.ReadAsync(body.AsMemory(length), cancellationToken).ConfigureAwait(false);
                    if (read == 0)
                    {
                        break;
                    }

                    length += read;
                }
                catch (Exception e) when (e is IOException or HttpRequestException)
                {
                    break;
                }
            }
        }

        return body.AsMemory(0, length);
    }

    private TimeSpan? Wait(RetryConditionHeaderValue? asked) => asked switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero,
        _ => null,
    };

    private string? Field(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? transcript.Clean(values.First()) : null;

    private MailException Explain(Exception e, GraphRequest request)
    {
        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is MailException own)
            {
                return own;
            }
        }

        var host = request.Address.Host;
        return e is OperationCanceledException
            ? new PeerTimeoutException(host, request.Step, route.Patience)
            : new ConnectionLostException(host, request.Step, transcript.Clean(Reason(e)), e);
    }

    private static string Reason(Exception e) =>
        e.InnerException is { } inner ? SocketFault.Describe(inner) : SocketFault.Describe(e);
}
