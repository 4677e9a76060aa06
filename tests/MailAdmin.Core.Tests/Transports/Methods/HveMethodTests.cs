using MailAdmin.Addressing;
using MailAdmin.Sasl;
using MailAdmin.Server;
using MailAdmin.Server.Personalities;
using MailAdmin.Smtp;
using MailAdmin.Tests.Server.Personalities;
using MailAdmin.Tests.Smtp;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Transports.Methods;

/// <summary>
/// The method Hve from its name to the mailbox, with tokens that end on the way; the server is a personality.
/// </summary>
public sealed class HveMethodTests : IAsyncDisposable
{
    private const string User = "alarm@contoso.com";
    private const string Host = "smtp.hve.mx.microsoft";

    private readonly SettableTime _time = new(DateTimeOffset.UtcNow);
    private SmtpTestServer? _server;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Sends_to_many_in_batches_of_fifty_with_a_token_of_3_KB()
    {
        await using var transport = await OpenAsync(new TokenCredential(
            User, TestTokens.Create(("nbf", null), ("exp", End(60)), ("groups", new string('g', 3000)))));

        var report = await SendAsync(transport, Enumerable.Range(0, 120).Select(i => $"r{i}@contoso.com"));

        Assert.True(report.Status == DeliveryStatus.Sent, report.Error?.ToString());
        Assert.Equal(("Hve", $"{Host}:587"), (report.Method, report.Server));
        Assert.Equal([50, 50, 20], _server!.Messages.Select(message => message.Envelope.Recipients.Count));
    }

    [Fact]
    public async Task Says_that_a_message_is_too_large_before_it_is_sent()
    {
        await using var transport = await OpenAsync(new PasswordCredential(User, "x"), new() { MaxMessageSize = 1000 });

        var report = await SendAsync(transport, ["a@contoso.com"], new string('x', 1000));

        Assert.IsType<MessageTooLargeException>(report.Error);
        Assert.Empty(_server!.Messages);
    }

    /// <summary>
    /// One message a minute, 200 in all, behind one another; tokens last an hour. The service refuses those with less
    /// than ten minutes left, and drops a session when its token ends.
    /// </summary>
    [Fact]
    public async Task A_long_pipeline_crosses_the_end_of_tokens_without_a_failure()
    {
        var source = new HourlyTokens(_time, knowsEnd: true);
        await using var transport = await OpenAsync(new TokenCredential(User, source));

        var reports = await SendManyAsync(transport, 200);

        Assert.All(reports, report => Assert.True(report.Status == DeliveryStatus.Sent, report.Error?.ToString()));
        Assert.Equal(200, _server!.MessageCount);
        Assert.Equal(0, source.Renewals);
        Assert.InRange(source.Made, 4, 5);
    }

    /// <summary>
    /// Nobody here knows when the token ends: the service drops the session in the middle, then refuses the token;
    /// once, as it gets a new one then.
    /// </summary>
    [Fact]
    public async Task A_long_pipeline_is_not_stopped_by_a_service_that_ends_the_token_early()
    {
        var source = new HourlyTokens(_time, knowsEnd: false);
        await using var transport = await OpenAsync(new TokenCredential(User, source));

        var reports = await SendManyAsync(transport, 200);

        Assert.All(reports, report => Assert.True(report.Status == DeliveryStatus.Sent, report.Error?.ToString()));
        Assert.Equal(200, _server!.MessageCount);
        Assert.Equal((4, 3), (source.Made, source.Renewals));
    }

    [Fact]
    public async Task A_token_that_cannot_be_renewed_is_refused_once()
    {
        // The clock stands at a whole minute after each message; the token ends between the 30th and the 31st.
        await using var transport = await OpenAsync(new TokenCredential(
            User, TestTokens.Create(("nbf", null), ("exp", End(30) + 30))));

        var reports = await SendManyAsync(transport, 40);

        Assert.Equal(30, reports.Count(report => report.Status == DeliveryStatus.Sent));
        var refusals = reports.Select(report => report.Error).OfType<AuthenticationFailedException>().Distinct()
            .ToArray();
        Assert.Equal("535 5.7.143", Assert.Single(refusals).Reply!.ToString()[..11]);
    }

    private long End(int minutes) => _time.Now.AddMinutes(minutes).ToUnixTimeSeconds();

    private async Task<SmtpTransport> OpenAsync(SaslCredential credential, SmtpTestServerOptions? options = null)
    {
        var hve = new Hve(new() { Accounts = [new MailboxAccount(User)], EndSessionsWithToken = true }, _time);
        _server = await SmtpTestServer.StartAsync(hve.Apply((options ?? new()) with
        {
            Certificate = ServerCertificate.Create(Host, [], DateTimeOffset.UtcNow),
        }));
        var route = (await MethodRoutes.FindAsync(SendMethodId.Hve, credential)).Route;
        return new SmtpTransport(
            route with { TrustedRoots = [_server.Certificate!] }, new Detour(_server.Port), transcript: null, _time);
    }

    private async Task<DeliveryReport[]> SendManyAsync(SmtpTransport transport, int count)
    {
        var minutes = new MinutePerMessage(_time);
        return await Task.WhenAll(Enumerable.Range(0, count)
            .Select(_ => transport.SendAsync(Message(["a@contoso.com"], "y"), minutes, CancellationToken.None)));
    }

    private static Task<DeliveryReport> SendAsync(SmtpTransport transport, IEnumerable<string> to, string text = "y") =>
        transport.SendAsync(Message(to, text), null, CancellationToken.None);

    private static OutgoingMessage Message(IEnumerable<string> to, string text) => new(
        new TextMessage($"From: {User}\r\nSubject: x\r\n\r\n{text}\r\n"),
        new Envelope(EmailAddress.Parse(User), [.. to.Select(a => new EnvelopeRecipient(EmailAddress.Parse(a)))]));

    private sealed class MinutePerMessage(SettableTime time) : IProgress<long>
    {
        public void Report(long value) => time.Now += TimeSpan.FromMinutes(1);
    }

    /// <summary>An app's tokens, renewed ten minutes before their end if that is known here.</summary>
    private sealed class HourlyTokens(TimeProvider time, bool knowsEnd) : IAccessTokenSource
    {
        private AccessToken? _current;

        public int Made { get; private set; }

        public int Renewals { get; private set; }

        public ValueTask<AccessToken> GetTokenAsync(CancellationToken cancellationToken)
        {
            if (_current is null || _current.ExpiresAt - time.GetUtcNow() <= TimeSpan.FromMinutes(10))
            {
                Make();
            }

            return ValueTask.FromResult(_current!);
        }

        public ValueTask<AccessToken> RenewAsync(AccessToken refused, CancellationToken cancellationToken)
        {
            Renewals++;
            Make();
            return ValueTask.FromResult(_current!);
        }

        private void Make()
        {
            var end = time.GetUtcNow().AddMinutes(60);
            _current = new AccessToken(
                TestTokens.Create(("nbf", null), ("exp", end.ToUnixTimeSeconds()), ("uti", ++Made)),
                knowsEnd ? end : null);
        }
    }
}
