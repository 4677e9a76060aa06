using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.Sasl;
using MailAdmin.Smtp;
using MailAdmin.Tests.Net;
using MailAdmin.TestServices;
using MailAdmin.Transports;
using MailAdmin.Transports.Graph;

namespace MailAdmin.Tests.Transports.Graph;

/// <summary>The transport against the test server, over real connections and verified TLS.</summary>
public sealed class GraphServerTests : IAsyncLifetime
{
    private readonly RecordedTranscript _transcript = new();
    private TestIdentityProvider _server = null!;
    private string _token = "";

    public async Task InitializeAsync()
    {
        _server = await TestIdentityProvider.StartAsync();
        _token = _server.IssueAppToken().Value;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_message_arrives_as_it_is_with_its_Bcc_field()
    {
        var message = GraphSamples.Small();
        var report = await SendAsync(message);

        Assert.Equal((DeliveryStatus.Sent, "Graph", SmtpStage.EndOfData), (report.Status, report.Method, report.Stage));
        Assert.Equal(202, report.Reply?.Code);
        Assert.Contains("Accepted; request-id ", report.Reply?.Text, StringComparison.Ordinal);
        Assert.Contains("client-request-id ", report.Reply?.Text, StringComparison.Ordinal);
        Assert.Equal(_server.Address.Port, report.RemoteAddress?.Port);
        Assert.NotNull(report.TlsProtocol);
        Assert.Empty(report.Warnings);
        Assert.Equal(3, report.Recipients.Count(r => r.Status == RecipientStatus.Accepted));
        var sent = Assert.Single(_server.Outbox.Sent);
        Assert.Equal((GraphSamples.Sender, true), (sent.Mailbox, sent.SavedCopy));
        Assert.Equal(
            "Bcc: dave@fabrikam.example\r\n" + await OnTheWireAsync(message), Encoding.UTF8.GetString(sent.Mime!));
        Assert.Equal(sent.Mime!.Length, report.Size);
    }

    [Fact]
    public async Task Two_megabytes_arrive_whole_in_one_request()
    {
        var message = GraphSamples.Message(GraphSamples.Draft(GraphSamples.File(2_000_000, "two.bin")));
        var progress = new List<long>();

        var report = await SendAsync(message, progress: new Immediate(progress.Add));

        Assert.Equal(DeliveryStatus.Sent, report.Status);
        var sent = Assert.Single(_server.Outbox.Sent);
        Assert.EndsWith(await OnTheWireAsync(message), Encoding.UTF8.GetString(sent.Mime!), StringComparison.Ordinal);
        Assert.Equal(["POST /v1.0/users/alice@contoso.example/sendMail"], _server.Requests.Lines);
        Assert.Equal(report.Size, progress[^1]);
        Assert.InRange(progress.Count, 10, 50);
        Assert.Equal(progress.Order(), progress);
    }

    [Fact]
    public async Task Thirty_megabytes_arrive_whole_as_a_draft()
    {
        var message = GraphSamples.Message(GraphSamples.Draft(
            GraphSamples.File(30_000_000, "thirty.bin"),
            GraphSamples.File(12, "tiny.txt"),
            GraphSamples.File(0, "empty.txt"),
            GraphSamples.File(3 * 1024 * 1024, "edge.bin")) with
        {
            HtmlBody = "<p>Grüße <img src=\"cid:logo\"></p>",
            InlineAttachments = [new InlineAttachment("logo", GraphSamples.File(300, "logo.png"))],
            Headers = [new("X-Ticket", "4711"), new("List-Id", "<reports.contoso.example>")],
            Priority = MessagePriority.High,
        });

        var report = await SendAsync(message);

        Assert.Equal((DeliveryStatus.Sent, 202), (report.Status, report.Reply?.Code));
        var sent = Assert.Single(_server.Outbox.Sent);
        Assert.Equal(0, _server.Outbox.DraftCount);
        Assert.Equal(["logo.png", "thirty.bin", "tiny.txt", "empty.txt", "edge.bin"], sent.Files.Select(f => f.Name));
        Assert.Equal(["logo", null, null, null, null], sent.Files.Select(f => f.ContentId));
        Assert.Equal("image/png", sent.Files[0].ContentType);
        int[] sizes = [300, 30_000_000, 12, 0, 3 * 1024 * 1024];
        Assert.All(sent.Files.Zip(sizes), pair => Assert.Equal(GraphSamples.Octets(pair.Second), pair.First.Content));
        Assert.Equal("<p>Grüße <img src=\"cid:logo\"></p>", sent.Json!["body"]!["content"]!.GetValue<string>());
        Assert.Equal("HTML", sent.Json["body"]!["contentType"]!.GetValue<string>());
        Assert.Equal("Grüße", sent.Json["subject"]!.GetValue<string>());
        Assert.Equal("high", sent.Json["importance"]!.GetValue<string>());
        Assert.Equal($"<{message.Content.MessageId}>", sent.Json["internetMessageId"]!.GetValue<string>());
        Assert.Equal(
            "4711", Assert.Single(sent.Json["internetMessageHeaders"]!.AsArray())!["value"]!.GetValue<string>());
        Assert.Equal(
            ["bob@contoso.example", "carol@fabrikam.example", "dave@fabrikam.example"],
            new[] { "toRecipients", "ccRecipients", "bccRecipients" }
                .Select(m => Assert.Single(sent.Json[m]!.AsArray())!["emailAddress"]!["address"]!.GetValue<string>()));
        Assert.Equal(
            "A message of more than 4 MB goes as a draft, which Exchange writes anew; it does not keep its Date, its "
            + "MIME structure and its encodings, the plain text beside the HTML and the header fields List-Id.",
            Assert.Single(report.Warnings));
        Assert.Equal(11, _server.Requests.Lines.Count(l => l.StartsWith("PUT /upload/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_a_copy_it_goes_as_JSON_and_says_what_that_costs()
    {
        var message = GraphSamples.Message(GraphSamples.Draft(GraphSamples.File(1000, "a.bin")));

        var report = await SendAsync(message, route => route with { SaveToSentItems = false });

        Assert.Equal(DeliveryStatus.Sent, report.Status);
        var sent = Assert.Single(_server.Outbox.Sent);
        Assert.False(sent.SavedCopy);
        Assert.Equal(GraphSamples.Octets(1000), Assert.Single(sent.Files).Content);
        Assert.Equal("The text.\r\n", sent.Json!["body"]!["content"]!.GetValue<string>());
        Assert.StartsWith("Without a copy in Sent Items", Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_goes_through_a_proxy_that_wants_a_login(bool isLarge)
    {
        await using var proxy = new LoginProxy(_server.Address.Port);

        var report = await SendAsync(isLarge ? GraphSamples.Large() : GraphSamples.Small(), route => route with
        {
            TrustedRoots = [_server.Certificate],
            Dial = new DialOptions { Proxy = proxy.Address },
        });

        Assert.True(report.Status == DeliveryStatus.Sent, report.Error?.ToString());
        Assert.Single(_server.Outbox.Sent);
        // Uploads go to another host, as they do at the service.
        proxy.AssertUsedFor(isLarge ? [_server.GraphHost, $"127.0.0.1:{_server.Address.Port}"] : [_server.GraphHost]);
        Assert.All(
            [_transcript.All, $"{report}"],
            said => Assert.DoesNotContain("p@ss", said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_user_s_token_serves_as_well()
    {
        _token = _server.IssueUserToken(_server.Options.Users[0], "Mail.Send").Value;
        Assert.Equal(DeliveryStatus.Sent, (await SendAsync(GraphSamples.Small())).Status);
    }

    [Fact]
    public async Task Without_a_mailbox_it_is_the_sender_s()
    {
        var report = await SendAsync(GraphSamples.Small(), route => route with { Mailbox = null });
        Assert.Equal(DeliveryStatus.Sent, report.Status);
        Assert.Equal(GraphSamples.Sender, Assert.Single(_server.Outbox.Sent).Mailbox);
    }

    [Theory]
    [InlineData("https://outlook.office365.com", "GraphTokenRefused", SmtpStage.Auth)]
    [InlineData("expired", "GraphTokenRefused", SmtpStage.Auth)]
    [InlineData("weak", "GraphAccessDenied", SmtpStage.EndOfData)]
    [InlineData("elsewhere", "GraphMailboxNotFound", SmtpStage.EndOfData)]
    public async Task A_token_that_does_not_fit_is_refused_with_the_reason(string what, string errorId, SmtpStage stage)
    {
        var mailbox = what == "elsewhere" ? "nobody@contoso.example" : null;
        if (what == "expired")
        {
            _server.Tokens.Lifetime = TimeSpan.FromSeconds(-1);
        }

        var resource = what.StartsWith("https", StringComparison.Ordinal) ? what : "https://graph.microsoft.com";
        _token = what == "weak"
            ? _server.IssueUserToken(_server.Options.Users[0], "Mail.Read").Value
            : _server.IssueAppToken(resource).Value;

        var report = await SendAsync(GraphSamples.Small(), route => route with { Mailbox = mailbox ?? route.Mailbox });

        Assert.Equal((DeliveryStatus.Failed, errorId, stage), (report.Status, report.Error?.ErrorId, report.Stage));
        Assert.InRange(report.Reply!.Code, 401, 404);
        Assert.NotNull(report.Diagnosis);
        Assert.Empty(_server.Outbox.Sent);
    }

    [Fact]
    public async Task A_large_message_needs_more_than_the_permission_to_send()
    {
        _token = _server.IssueUserToken(_server.Options.Users[0], "Mail.Send").Value;
        var report = await SendAsync(GraphSamples.Large());
        Assert.Equal((DeliveryStatus.Failed, "GraphAccessDenied"), (report.Status, report.Error?.ErrorId));
        Assert.Contains("Mail.ReadWrite", report.Error!.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/attachments/createUploadSession")]
    [InlineData("/attachments")]
    [InlineData("/send")]
    public async Task When_a_step_is_refused_no_draft_is_left(string step)
    {
        _server.Faults.Add(new(step, 403)
        {
            Body = """
                {"error":{
                  "code":"ErrorSendAsDenied",
                  "message":"The user account does not have the right to send mail."}}
                """,
        });

        var report = await SendAsync(GraphSamples.Large());

        Assert.Equal((DeliveryStatus.Failed, "GraphSendAsDenied"), (report.Status, report.Error?.ErrorId));
        Assert.All(report.Recipients, r => Assert.Equal(RecipientStatus.Refused, r.Status));
        Assert.Equal(0, _server.Outbox.DraftCount);
        Assert.Contains(_server.Requests.Lines, l => l.StartsWith("DELETE ", StringComparison.Ordinal));
        Assert.Empty(_server.Outbox.Sent);
    }

    [Theory]
    [InlineData("/messages")]
    [InlineData("/createUploadSession")]
    [InlineData("/attachments")]
    [InlineData("/send")]
    [InlineData("/sendMail")]
    public async Task Giving_up_ends_at_once_and_leaves_no_draft(string step)
    {
        _server.Faults.Add(new(step, 503) { DelayMilliseconds = 30_000 });
        await using var transport = Transport(GraphSamples.Route());
        using var stop = new CancellationTokenSource();
        var message = step == "/sendMail" ? GraphSamples.Small() : GraphSamples.Large();
        var sending = transport.SendAsync(message, null, stop.Token);
        await Wait.UntilAsync(() => _server.Requests.Count(step) > 0);

        var watch = System.Diagnostics.Stopwatch.StartNew();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        await Wait.UntilAsync(() => _server.Outbox.DraftCount == 0);
        Assert.Empty(_server.Outbox.Sent);
    }

    [Fact]
    public async Task Giving_up_while_the_draft_is_made_removes_it()
    {
        await using var transport = Transport(GraphSamples.Route());
        for (var wait = 0; wait < 60; wait += 3)
        {
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(wait));
            try
            {
                await transport.SendAsync(GraphSamples.Large(4_000_000), null, stop.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Equal(0, _server.Outbox.DraftCount);
            }
        }

        Assert.Equal(0, _server.Outbox.DraftCount);
    }

    [Fact]
    public async Task Nothing_that_is_written_shows_a_secret()
    {
        var encoded = Convert.ToBase64String(Encoding.ASCII.GetBytes("ab" + _token));
        _server.Faults.Add(new("/sendMail", 500)
        {
            Body = $$$"""{"error":{"code":"x","message":"Bearer {{{_token}}} {{{encoded}}}"}}""",
        });
        var failed = await SendAsync(GraphSamples.Small());
        var large = await SendAsync(GraphSamples.Large());

        Assert.Equal((DeliveryStatus.Deferred, DeliveryStatus.Sent), (failed.Status, large.Status));
        var written = $"{_transcript.All}\n{failed.Error}\n{failed.Error!.Message}\n{failed.Reply}\n{failed}";
        foreach (var secret in Secrets())
        {
            for (var at = 0; at + 12 <= secret.Length; at += 5)
            {
                Assert.DoesNotContain(secret.Substring(at, 12), written, StringComparison.Ordinal);
            }
        }

        Assert.Contains(
            "POST /v1.0/users/alice%40contoso.example/sendMail HTTP/1.1", _transcript.All, StringComparison.Ordinal);
        Assert.Contains("> Authorization: Bearer ********", _transcript.All, StringComparison.Ordinal);
        Assert.Contains("< HTTP/1.1 202 Accepted", _transcript.All, StringComparison.Ordinal);
        Assert.Contains("> PUT /upload/", _transcript.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_nobody_known_is_refused()
    {
        var report = await SendAsync(GraphSamples.Small(), route => route with { TrustedRoots = null });
        Assert.Equal((DeliveryStatus.Failed, "CertificateSelfSigned"), (report.Status, report.Error?.ErrorId));
        Assert.Empty(_server.Requests.Lines);
    }

    private IEnumerable<string> Secrets()
    {
        yield return _token;
        foreach (var upload in _server.Outbox.UploadKeys)
        {
            yield return upload;
        }

        for (var before = 0; before < 3; before++)
        {
            yield return Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('a', before) + _token))[4..^8];
        }
    }

    private async Task<DeliveryReport> SendAsync(
        OutgoingMessage message, Func<GraphRoute, GraphRoute>? change = null, IProgress<long>? progress = null)
    {
        var route = GraphSamples.Route() with { TrustedRoots = [_server.Certificate] };
        await using var transport = Transport(change is null ? route : change(route), change is not null);
        return await transport.SendAsync(message, progress, CancellationToken.None);
    }

    private GraphTransport Transport(GraphRoute route, bool keepsRoots = false) => new(
        route with
        {
            Address = new Uri($"https://{_server.GraphHost}/v1.0/"),
            Tokens = new FixedTokenSource(new AccessToken(_token)),
            TrustedRoots = keepsRoots ? route.TrustedRoots : [_server.Certificate],
        },
        new TcpDialer(),
        _transcript);

    private static async Task<string> OnTheWireAsync(OutgoingMessage message)
    {
        await using var prepared = await message.Content.PrepareAsync(
            new WireFormat(true, true), CancellationToken.None);
        using var written = new MemoryStream();
        await prepared.WriteToAsync(written, CancellationToken.None);
        return Encoding.UTF8.GetString(written.ToArray());
    }

    private sealed class Immediate(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
