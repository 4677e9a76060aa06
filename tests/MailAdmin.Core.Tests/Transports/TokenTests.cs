using System.Text;
using MailAdmin.Net;
using MailAdmin.Sasl;
using MailAdmin.Smtp;
using MailAdmin.Tests.Net;
using MailAdmin.Tests.Server.Personalities;
using MailAdmin.Tests.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Transports;

/// <summary>Logins with tokens that end, are refused, and are renewed.</summary>
public sealed class TokenTests : TransportTests
{
    private const string Pipelining = "\nS: 250-PIPELINING\n";

    private const string Group = """
        C: MAIL FROM:<sender@example.com>
        C: RCPT TO:<a@example.com>
        C: DATA

        """;

    private const string Accepted = "S: 250 ok\nS: 250 ok\nS: 354 go\n";
    private const string Message1 = Group + Accepted + "C...\nS: 250 queued\n";
    private const string Leave = "C: QUIT\nS: 221 bye\n";
    private const string InvalidToken = "eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIiwic2NvcGUiOiJtYWlsIn0=";

    private readonly SettableTime _time = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Takes_leave_and_logs_in_anew_before_the_token_ends()
    {
        var tokens = new SteppingTokens(_time, Token("first", 60), Token("second", 120));
        await using var server = new ScriptedServer(
            Login("first") + Message1 + Message1 + Leave + "---\n" + Login("second") + Message1 + Leave);
        await using (var transport = Transport(server, tokens))
        {
            await AssertSentAsync(transport);

            // The source has another token already, but this one is good for a while yet.
            _time.Now = _time.Now.AddMinutes(57);
            await AssertSentAsync(transport);
            _time.Now = _time.Now.AddMinutes(2);
            await AssertSentAsync(transport);
        }

        await server.VerifyAsync();
        Assert.Equal(0, tokens.Renewals);
    }

    [Fact]
    public async Task Begins_nothing_behind_a_message_when_the_token_is_about_to_end()
    {
        var tokens = new SteppingTokens(_time, Token("first", 60), Token("second", 120));
        await using var server = new ScriptedServer(
            Login("first") + Message1 + Leave + "---\n"
            + Login("second") + Group + Accepted + "C...\n" + Group + "S: 250 queued\n" + Accepted
            + "C...\nS: 250 queued\n" + Leave);
        await using (var transport = Transport(server, tokens))
        {
            var clock = new ClockOnProgress(() => _time.Now = new(2026, 11, 22, 10, 59, 0, TimeSpan.Zero));
            var sent = Enumerable.Range(0, 3)
                .Select(_ => transport.SendAsync(Message("a@example.com"), clock, CancellationToken.None));
            Assert.All(await Task.WhenAll(sent), r => Assert.Equal(DeliveryStatus.Sent, r.Status));
        }

        await server.VerifyAsync();
    }

    [Theory]
    [InlineData("S: 421 4.7.0 the token has ended\n")]
    [InlineData("S: 530 5.7.57 not authenticated\n")]
    [InlineData("drop\n")]
    public async Task Loses_no_message_when_the_server_ends_the_login(string end)
    {
        var tokens = new SteppingTokens(_time, Token("first", 60), Token("second", 120));
        var group = end.StartsWith("S: 530", StringComparison.Ordinal)
            ? Group + end + "S: 503 5.5.1 no MAIL\nS: 503 5.5.1 no MAIL\n"
            : Group + end;
        await using var server = new ScriptedServer(
            Login("first") + Message1 + group + "---\n"
            + Login("first", $"S: 334 {InvalidToken}\nC: *\nS: 535 5.7.8 no\n") + Leave + "---\n"
            + Login("second") + Message1 + Leave);
        await using (var transport = Transport(server, tokens))
        {
            // By this side's clock the first token is good until the end.
            await AssertSentAsync(transport);
            await AssertSentAsync(transport);
        }

        await server.VerifyAsync();
        Assert.Equal(1, tokens.Renewals);
    }

    [Theory]
    [InlineData("S: 535 5.7.143 expired\n")]
    [InlineData("S: 535 5.7.142 expires soon\n")]
    [InlineData("S: 501 5.5.128 expired\n")]
    [InlineData("S: 501 5.5.127 expires soon\n")]
    [InlineData("S: 334 " + InvalidToken + "\nC: *\nS: 535 5.7.8 no\n")]
    public async Task Renews_a_token_that_is_refused_as_over(string refusal)
    {
        var tokens = new SteppingTokens(_time, Token("first", 60), Token("second", 120));
        await using var server = new ScriptedServer(
            Login("first", refusal) + Leave + "---\n" + Login("second") + Message1 + Leave);
        await using (var transport = Transport(server, tokens))
        {
            await AssertSentAsync(transport);
        }

        await server.VerifyAsync();
    }

    [Theory]
    [InlineData("S: 535 5.7.3 no\n")]
    [InlineData("S: 535 5.7.144 wrong permission\n")]
    [InlineData("S: 501 5.5.129 wrong permission\n")]
    [InlineData("S: 334 eyJzdGF0dXMiOiJpbnN1ZmZpY2llbnRfc2NvcGUifQ==\nC: *\nS: 535 5.7.8 no\n")]
    public async Task Asks_for_no_other_token_when_the_refusal_is_about_something_else(string refusal)
    {
        var tokens = new SteppingTokens(_time, Token("first", 60), Token("second", 120));
        await using var server = new ScriptedServer(Login("first", refusal) + Leave);
        await using var transport = Transport(server, tokens);

        var report = await SendAsync(transport, Message("a@example.com"));
        await server.VerifyAsync();
        Assert.IsType<AuthenticationFailedException>(report.Error);

        // The script has no second connection.
        Assert.Same(report.Error, (await SendAsync(transport, Message("a@example.com"))).Error);
        Assert.Equal(0, tokens.Renewals);
    }

    [Fact]
    public async Task Never_tries_a_refused_token_twice_but_a_new_one_of_its_source()
    {
        const string Refusal = $"S: 334 {InvalidToken}\nC: *\nS: 535 5.7.8 no\n";
        var tokens = new SteppingTokens(_time, Token("only", 60));
        await using var server = new ScriptedServer(Login("only", Refusal, "XOAUTH2 OAUTHBEARER") + Leave);
        await using var transport = Transport(server, tokens);

        var report = await SendAsync(transport, Message("a@example.com"));
        Assert.Same(report.Error, (await SendAsync(transport, Message("a@example.com"))).Error);
        await server.VerifyAsync();
        Assert.Equal(1, tokens.Renewals);
    }

    [Fact]
    public async Task Asks_for_one_new_token_only_where_each_is_refused()
    {
        const string Refusal = "S: 535 5.7.143 expired\n";
        var tokens = new SteppingTokens(_time, Token("first", 60), Token("second", 120), Token("third", 180));
        await using var server = new ScriptedServer(
            Login("first", Refusal) + Leave + "---\n" + Login("second", Refusal) + Leave);
        await using var transport = Transport(server, tokens);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(DeliveryStatus.Failed, (await SendAsync(transport, Message("a@example.com"))).Status);
        }

        await server.VerifyAsync();
        Assert.Equal(1, tokens.Renewals);
    }

    [Fact]
    public async Task Tries_a_token_that_came_after_a_refusal()
    {
        var tokens = new SteppingTokens(_time, Token("first", 60), Token("second", 120));
        await using var server = new ScriptedServer(
            Login("first", "S: 535 5.7.3 no\n") + Leave + "---\n" + Login("second") + Message1 + Leave);
        await using (var transport = Transport(server, tokens))
        {
            Assert.Equal(DeliveryStatus.Failed, (await SendAsync(transport, Message("a@example.com"))).Status);
            _time.Now = _time.Now.AddMinutes(56);
            await AssertSentAsync(transport);
        }

        await server.VerifyAsync();
    }

    [Fact]
    public async Task Stays_with_the_session_when_no_other_token_can_be_had_yet()
    {
        var tokens = new SteppingTokens(_time, Token("first", 60), Token("second", 120));
        await using var server = new ScriptedServer(Login("first") + Message1 + Message1 + Leave);
        await using (var transport = Transport(server, tokens))
        {
            await AssertSentAsync(transport);
            _time.Now = _time.Now.AddMinutes(59);
            tokens.Fails = true;
            await AssertSentAsync(transport);
            _time.Now = _time.Now.AddMinutes(1);
            var report = await SendAsync(transport, Message("a@example.com"));
            Assert.Equal("TokenFailed", report.Error?.ErrorId);
        }

        await server.VerifyAsync();
    }

    [Fact]
    public async Task Says_that_there_is_no_token_before_it_connects()
    {
        var tokens = new SteppingTokens(_time, Token("first", 60)) { Fails = true };
        await using var server = new ScriptedServer(Hello);
        await using var transport = Transport(server, tokens);

        var report = await SendAsync(transport, Message("a@example.com"));

        Assert.Equal("TokenFailed", report.Error?.ErrorId);
        Assert.Equal(SmtpStage.Auth, report.Stage);
        Assert.Equal(0, server.Connections);
        using var client = new System.Net.Sockets.TcpClient("127.0.0.1", server.Port);
    }

    [Theory]
    [InlineData("XOAUTH2", false)]
    [InlineData("OAUTHBEARER", true)]
    public async Task Shows_what_the_server_says_about_a_token(string mechanism, bool answersWithKvsep)
    {
        var answer = answersWithKvsep ? "AQ==" : "";
        await using var server = new ScriptedServer(
            Hello + $"{Pipelining}S: 250 AUTH {mechanism}\nC: AUTH {mechanism} *\n"
            + $"S: 334 {InvalidToken}\nC: {(answer.Length == 0 ? "*" : answer)}\nS: 535 5.7.8 no\n" + Leave);
        var report = await SendOneAsync(
            Route(server) with
            {
                Security = ConnectionSecurity.None,
                AllowPlaintextAuth = true,
                Credential = new TokenCredential("user", "a-token-of-some-length"),
            },
            Message("a@example.com"));

        await server.VerifyAsync();
        var error = Assert.IsType<AuthenticationFailedException>(report.Error);
        Assert.Equal(
            $"The server refused the token ({mechanism}): 535 5.7.8 no (it says: status invalid_token, scope mail)",
            error.Message);
        Assert.Equal(new BearerError { Status = "invalid_token", Scope = "mail" }, error.TokenError);
    }

    [Fact]
    public async Task Hides_a_token_that_the_server_repeats()
    {
        const string Secret = "a-secret-token-of-some-length";
        var json = Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"status":"400","scope":"{{Secret}}"}"""));
        var again = Convert.ToBase64String(Encoding.UTF8.GetBytes("x" + Secret));
        await using var server = new ScriptedServer(
            Login(Secret, $"S: 334 {json}\nC: *\nS: 535 5.7.8 {Secret} {again}\n") + Leave);
        var transcript = new RecordedTranscript();
        await using var transport = Transport(
            server, new SteppingTokens(_time, new AccessToken(Secret)), transcript);

        var report = await SendAsync(transport, Message("a@example.com"));

        await server.VerifyAsync();
        var error = Assert.IsType<AuthenticationFailedException>(report.Error);
        foreach (var text in new[] { error.ToString(), error.ServerError!, error.Reply!.ToString(), transcript.All })
        {
            Assert.DoesNotContain("secret-token", text, StringComparison.Ordinal);
            Assert.DoesNotContain(again[4..20], text, StringComparison.Ordinal);
        }
    }

    private static string Login(
        string token, string answer = "S: 235 2.7.0 welcome\n", string mechanisms = "XOAUTH2") =>
        Hello + $"{Pipelining}S: 250 AUTH {mechanisms}\n"
        + $"C: AUTH XOAUTH2 {TestTokens.Argument("user", token)}\n{answer}";

    private AccessToken Token(string value, int minutes) => new(value, _time.Now.AddMinutes(minutes));

    private SmtpTransport Transport(
        ScriptedServer server, IAccessTokenSource tokens, ITranscript? transcript = null) => new(
        Route(server) with
        {
            Security = ConnectionSecurity.None,
            AllowPlaintextAuth = true,
            Credential = new TokenCredential("user", tokens),
        },
        new TcpDialer(),
        transcript,
        _time);

    private sealed class ClockOnProgress(Action set) : IProgress<long>
    {
        public void Report(long value) => set();
    }

    private static async Task AssertSentAsync(SmtpTransport transport)
    {
        var report = await SendAsync(transport, Message("a@example.com"));
        Assert.True(report.Status == DeliveryStatus.Sent, report.Error?.ToString());
    }
}
