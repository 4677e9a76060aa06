using System.Net.Http.Headers;
using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Sasl;
using MailAdmin.Smtp;
using MailAdmin.Transports;
using MailAdmin.Transports.Graph;
using static MailAdmin.Tests.Transports.Graph.ScriptedService;

namespace MailAdmin.Tests.Transports.Graph;

/// <summary>What the transport makes of answers, good and bad ones.</summary>
public sealed class GraphAnswerTests
{
    private const string Messages = "https://graph.test/v1.0/users/alice%40contoso.example/messages";

    private readonly LeapingTime _time = new(GraphSamples.Route().Patience);

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Being_put_off_is_waited_for_as_long_as_the_service_says(int status)
    {
        using var service = new ScriptedService(
            _ => Refusal(status, "ApplicationThrottled", retryAfter: 7),
            request => At(Refusal(status, ""), _time.GetUtcNow() + TimeSpan.FromSeconds(90)),
            Accepted);

        var report = await SendAsync(service, GraphSamples.Small());

        Assert.Equal(DeliveryStatus.Sent, report.Status);
        Assert.Equal([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(90)], _time.Waits);
    }

    [Fact]
    public async Task Without_a_time_the_waits_grow_and_come_to_an_end()
    {
        using var service = new ScriptedService(_ => Refusal(429, "TooManyRequests"));

        var report = await SendAsync(service, GraphSamples.Small());

        Assert.Equal([5, 10, 20, 40], _time.Waits.Select(w => w.TotalSeconds));
        Assert.Equal(
            (DeliveryStatus.Deferred, "GraphThrottled", 429),
            (report.Status, report.Error?.ErrorId, report.Reply?.Code));
        Assert.All(report.Recipients, r => Assert.Equal(RecipientStatus.Deferred, r.Status));
    }

    [Fact]
    public async Task A_wait_beyond_all_patience_is_not_begun()
    {
        using var service = new ScriptedService(_ => Refusal(429, "ApplicationThrottled", retryAfter: 3600));

        var report = await SendAsync(service, GraphSamples.Small());

        Assert.Empty(_time.Waits);
        Assert.Equal(TimeSpan.FromHours(1), Assert.IsType<GraphException>(report.Error).RetryAfter);
        Assert.Equal(DeliveryStatus.Deferred, report.Status);
    }

    [Fact]
    public async Task A_wait_ends_at_once_when_the_user_gives_up()
    {
        using var service = new ScriptedService(_ => Refusal(429, "ApplicationThrottled", retryAfter: 120));
        await using var transport = GraphSamples.Transport(service);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => transport.SendAsync(GraphSamples.Small(), null, stop.Token));

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData(502)]
    [InlineData(504)]
    [InlineData(200)]
    [InlineData(204)]
    public async Task What_does_not_say_yes_or_no_is_never_sent_again(int status)
    {
        using var service = new ScriptedService(_ => Refusal(status, "", retryAfter: 1));

        var report = await SendAsync(service, GraphSamples.Small());

        Assert.Single(service.Requests);
        Assert.IsType<OutcomeUnknownException>(report.Error);
        Assert.Equal((DeliveryStatus.Deferred, SmtpStage.EndOfData), (report.Status, report.Stage));
        Assert.All(report.Recipients, r => Assert.Equal(RecipientStatus.Deferred, r.Status));
    }

    [Theory]
    [InlineData(401, "InvalidAuthenticationToken", "GraphTokenRefused", false)]
    [InlineData(401, "", "GraphUnauthorized", false)]
    [InlineData(403, "ErrorAccessDenied", "GraphAccessDenied", false)]
    [InlineData(403, "", "GraphAccessDenied", false)]
    [InlineData(403, "ErrorSendAsDenied", "GraphSendAsDenied", false)]
    [InlineData(404, "MailboxNotEnabledForRESTAPI", "GraphMailboxNotEnabled", false)]
    [InlineData(404, "ErrorInvalidUser", "GraphMailboxNotFound", false)]
    [InlineData(404, "ResourceNotFound", "GraphMailboxNotFound", false)]
    [InlineData(413, "", "GraphMessageTooLarge", false)]
    [InlineData(400, "ErrorMessageSizeExceeded", "GraphMessageTooLarge", false)]
    [InlineData(429, "ErrorExceededMessageLimit", "GraphSendingLimit", true)]
    [InlineData(400, "ErrorInvalidRecipients", "GraphRecipientInvalid", false)]
    [InlineData(400, "ErrorMimeContentInvalidBase64String", "GraphRequestRefused", false)]
    [InlineData(500, "ErrorInternalServerError", "GraphUnavailable", true)]
    [InlineData(503, "", "GraphUnavailable", true)]
    [InlineData(507, "ErrorQuotaExceeded", "GraphMailboxFull", false)]
    public async Task Each_refusal_has_its_name_and_its_words(int status, string code, string errorId, bool isTransient)
    {
        using var service = new ScriptedService(_ => Refusal(status, code, "Said the service."));

        var report = await SendAsync(service, GraphSamples.Small());

        Assert.Equal((errorId, isTransient), (report.Error?.ErrorId, report.Error!.IsTransient));
        Assert.Equal(isTransient ? DeliveryStatus.Deferred : DeliveryStatus.Failed, report.Status);
        Assert.Contains("Said the service (request-id 0000-1111).", report.Error.Message, StringComparison.Ordinal);
        Assert.Contains("request-id 0000-1111", report.Reply?.Text, StringComparison.Ordinal);
        Assert.Equal(status, report.Reply?.Code);
        Assert.NotNull(report.Error.RecommendedAction);
        foreach (var culture in new[] { "en-US", "ja-JP" })
        {
            var found = report.Explain(MailAdmin.Diagnosis.ErrorCatalog.Default, culture)[0];
            var rule = errorId == "GraphUnauthorized" ? "ExchangeUnauthorized" : errorId;
            Assert.Equal((rule, isTransient), (found.Id, found.IsTransient));
        }
    }

    [Fact]
    public async Task A_refused_token_is_replaced_once()
    {
        var tokens = new SteppingTokens(
            TimeProvider.System, new AccessToken("first-token"), new AccessToken("second-token"));
        using var service = new ScriptedService(Judge);

        var report = await SendAsync(service, GraphSamples.Small(), GraphSamples.Route(tokens));

        Assert.Equal((DeliveryStatus.Sent, 1, 2), (report.Status, tokens.Renewals, service.Requests.Count));

        static HttpResponseMessage Judge(HttpRequestMessage request) =>
            request.Headers.Authorization?.Parameter == "second-token"
                ? Accepted(request)
                : Refusal(401, "InvalidAuthenticationToken");
    }

    [Fact]
    public async Task A_token_without_another_is_not_tried_twice()
    {
        using var service = new ScriptedService(_ => Refusal(401, "InvalidAuthenticationToken"));
        var report = await SendAsync(service, GraphSamples.Small());
        Assert.Equal((DeliveryStatus.Failed, 1), (report.Status, service.Requests.Count));
        Assert.All(report.Recipients, r => Assert.Equal(RecipientStatus.NotTried, r.Status));
    }

    [Fact]
    public async Task Redirects_are_not_followed()
    {
        using var service = new ScriptedService(_ =>
        {
            var answer = Json(307, "");
            answer.Headers.Location = new Uri("https://evil.test/");
            return answer;
        });

        var report = await SendAsync(service, GraphSamples.Small());

        Assert.Equal("GraphRedirected", report.Error?.ErrorId);
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData("<html>Sign in to the network</html>")]
    [InlineData("{\"id\":")]
    [InlineData("{\"id\":17}")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task A_draft_without_a_name_is_an_answer_that_nobody_understands(string body)
    {
        using var service = new ScriptedService(_ => Json(201, body));

        var report = await SendAsync(service, GraphSamples.Large());

        Assert.Equal((DeliveryStatus.Failed, "GraphAnswerNotUnderstood"), (report.Status, report.Error?.ErrorId));
        Assert.Contains("A draft of the message may be left", report.Warnings[^1], StringComparison.Ordinal);
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData("""{"uploadUrl":"http://other.test/u"}""")]
    [InlineData("""{"uploadUrl":"https://user:pw@other.test/u"}""")]
    [InlineData("""{"uploadUrl":"file:///etc/passwd"}""")]
    [InlineData("""{"uploadUrl":"/u"}""")]
    [InlineData("""{"uploadUrl":null}""")]
    [InlineData("{}")]
    public async Task Nothing_is_uploaded_to_an_address_that_is_not_as_secure(string session)
    {
        using var service = new ScriptedService(
            _ => Json(201, """{"id":"draft/1="}"""), _ => Json(201, session), _ => Json(204, ""));

        var report = await SendAsync(service, GraphSamples.Large());

        Assert.Equal("GraphAnswerNotUnderstood", report.Error?.ErrorId);
        Assert.Equal(
            [
                $"POST {Messages} +token",
                $"POST {Messages}/draft%2F1%3D/attachments/createUploadSession +token",
                $"DELETE {Messages}/draft%2F1%3D +token",
            ],
            service.Requests);
    }

    [Theory]
    [InlineData(200, """{"nextExpectedRanges":["0-"]}""")]
    [InlineData(200, """{"nextExpectedRanges":["999999999"]}""")]
    [InlineData(202, """{"nextExpectedRanges":[]}""")]
    [InlineData(202, """{"nextExpectedRanges":["x"]}""")]
    [InlineData(202, """{"nextExpectedRanges":[7]}""")]
    [InlineData(200, "{}")]
    [InlineData(200, "")]
    [InlineData(201, """{"nextExpectedRanges":["3276800-"]}""")]
    public async Task A_service_that_lies_about_what_it_has_gets_no_more(int status, string answer)
    {
        using var service = new ScriptedService(
            _ => Json(201, """{"id":"1"}"""),
            _ => Json(201, """{"uploadUrl":"https://outlook.test/u?authtoken=secretsecret"}"""),
            _ => Json(status, answer),
            _ => Json(204, ""));

        var report = await SendAsync(service, GraphSamples.Large());

        Assert.Equal((DeliveryStatus.Failed, "GraphAnswerNotUnderstood"), (report.Status, report.Error?.ErrorId));
        Assert.Equal("PUT https://outlook.test/u?authtoken=secretsecret", service.Requests[2]);
        Assert.StartsWith("DELETE ", service.Requests[3], StringComparison.Ordinal);
        Assert.Equal(4, service.Requests.Count);
        Assert.DoesNotContain("secretsecret", report.Error!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_piece_that_is_put_off_goes_again()
    {
        var puts = 0;
        using var service = new ScriptedService(request => request.Method.Method switch
        {
            "PUT" => ++puts == 2 ? Refusal(504, "", retryAfter: 3) : Put(request),
            _ when request.RequestUri!.AbsolutePath.EndsWith("createUploadSession", StringComparison.Ordinal) =>
                Json(201, """{"uploadUrl":"https://outlook.test/u"}"""),
            _ when request.RequestUri!.AbsolutePath.EndsWith("send", StringComparison.Ordinal) => Json(202, ""),
            _ => Json(201, """{"id":"1"}"""),
        });

        var report = await SendAsync(service, GraphSamples.Large());

        Assert.Equal((DeliveryStatus.Sent, 4), (report.Status, puts));
        Assert.Equal([TimeSpan.FromSeconds(3)], _time.Waits);
    }

    [Fact]
    public async Task A_body_without_end_is_read_to_a_limit()
    {
        using var service = new ScriptedService(_ => new HttpResponseMessage(System.Net.HttpStatusCode.BadRequest)
        {
            Content = new StreamContent(new EndlessStream()),
        });

        var report = await SendAsync(service, GraphSamples.Small());

        Assert.Equal("GraphRequestRefused", report.Error?.ErrorId);
    }

    [Fact]
    public async Task An_envelope_that_the_message_does_not_have_is_refused_before_anything_is_sent()
    {
        using var service = new ScriptedService(Accepted);
        var message = GraphSamples.Small();
        var others = new Envelope(
            EmailAddress.Parse(GraphSamples.Sender),
            [new EnvelopeRecipient(EmailAddress.Parse("eve@contoso.example"))]);

        var report = await SendAsync(service, message with { Envelope = others });
        var bounce = await SendAsync(service, message with { Envelope = message.Envelope with { ReversePath = null } });

        Assert.Equal((DeliveryStatus.Failed, "GraphEnvelopeDiffers"), (report.Status, report.Error?.ErrorId));
        Assert.Contains("bob@contoso.example, carol@fabrikam.example", report.Error!.Message, StringComparison.Ordinal);
        Assert.Equal("GraphEnvelopeDiffers", bounce.Error?.ErrorId);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task Signed_mail_is_not_taken_apart()
    {
        var lines = string.Concat(Enumerable.Repeat(new string('y', 76) + "\r\n", 60_000));
        var source = $"From: {GraphSamples.Sender}\r\nTo: bob@contoso.example\r\n"
            + "Content-Type: multipart/signed; boundary=b\r\n\r\n"
            + $"--b\r\n\r\n{new string('x', 76)}\r\n{lines}--b--\r\n";
        await using var message = await EmlMessage.ReadAsync(
            new MemoryStream(System.Text.Encoding.ASCII.GetBytes(source)));
        using var service = new ScriptedService(Accepted);

        var report = await SendAsync(service, new OutgoingMessage(message, message.ToEnvelope()));

        Assert.Equal("GraphCannotDivide", report.Error?.ErrorId);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task A_token_that_would_write_header_fields_is_not_sent()
    {
        using var service = new ScriptedService(Accepted);
        var route = GraphSamples.Route(new FixedTokenSource(new AccessToken("abc\r\nX-Evil: 1")));

        var report = await SendAsync(service, GraphSamples.Small(), route);

        Assert.Equal("GraphTokenMalformed", report.Error?.ErrorId);
        Assert.Empty(service.Requests);
    }

    private async Task<DeliveryReport> SendAsync(
        ScriptedService service, OutgoingMessage message, GraphRoute? route = null)
    {
        await using var transport = GraphSamples.Transport(service, route, _time);
        return await transport.SendAsync(message, null, CancellationToken.None);
    }

    private static HttpResponseMessage Put(HttpRequestMessage request) =>
        request.Content!.Headers.ContentRange is { To: { } to, Length: { } length } && to + 1 < length
            ? Json(200, $$"""{"nextExpectedRanges":["{{to + 1}}"]}""")
            : Json(201, "");

    private static HttpResponseMessage At(HttpResponseMessage answer, DateTimeOffset when)
    {
        answer.Headers.RetryAfter = new RetryConditionHeaderValue(when);
        return answer;
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)'{');
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
