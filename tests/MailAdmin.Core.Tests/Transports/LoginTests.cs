using MailAdmin.Sasl;
using MailAdmin.Smtp;
using MailAdmin.Net;
using MailAdmin.Tests.Net;
using MailAdmin.Tests.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Transports;

public sealed class LoginTests : TransportTests
{
    // base64 of NUL user NUL pencil
    private const string PlainResponse = "AHVzZXIAcGVuY2ls";

    private const string Send = """
        C: MAIL FROM:<sender@example.com>
        S: 250 ok
        C: RCPT TO:<a@example.com>
        S: 250 ok
        C: DATA
        S: 354 go
        C...
        S: 250 queued
        C: QUIT
        S: 221 bye
        """;

    private const string Leave = "C: QUIT\nS: 221 bye";

    private static readonly PasswordCredential Login = new("user", "pencil");

    [Fact]
    public async Task Logs_in_with_one_line_where_it_is_short_enough()
    {
        await using var server = new ScriptedServer(
            Hello + $"\nS: 250 AUTH LOGIN PLAIN\nC: AUTH PLAIN {PlainResponse}\nS: 235 2.7.0 welcome\n" + Send);
        var transcript = new RecordedTranscript();
        var route = Plaintext(server, Login) with { Mechanism = "PLAIN" };
        await using (var transport = new SmtpTransport(route, new TcpDialer(), transcript))
        {
            Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transport, Message("a@example.com"))).Status);
        }

        await server.VerifyAsync();
        Assert.Contains("> AUTH PLAIN ", transcript.All, StringComparison.Ordinal);
        Assert.DoesNotContain(PlainResponse, transcript.All, StringComparison.Ordinal);
        Assert.DoesNotContain("pencil", transcript.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(371, true)]
    [InlineData(372, false)]
    public async Task Sends_an_initial_response_only_within_512_octets(int length, bool isInitial)
    {
        // "AUTH PLAIN " and CRLF leave 499 octets: 124 groups of base64, 372 octets, of which NUL user NUL take 6.
        var credential = new PasswordCredential("user", new string('p', length - 5));
        var exchange = isInitial
            ? "C: AUTH PLAIN *\nS: 235 welcome\n"
            : "C: AUTH PLAIN\nS: 334 \nC: AHVzZXIAcHBw*\nS: 235 welcome\n";
        await using var server = new ScriptedServer(Hello + "\nS: 250 AUTH PLAIN\n" + exchange + Send);
        var report = await SendOneAsync(Plaintext(server, credential), Message("a@example.com"));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
    }

    [Fact]
    public async Task Answers_the_challenges_of_LOGIN()
    {
        await using var server = new ScriptedServer(Hello + """

            S: 250 AUTH LOGIN
            C: AUTH LOGIN
            S: 334 VXNlcm5hbWU6
            C: dXNlcg==
            S: 334 UGFzc3dvcmQ6
            C: cGVuY2ls
            S: 235 welcome
            """ + "\n" + Send);
        var report = await SendOneAsync(Plaintext(server, Login), Message("a@example.com"));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
    }

    [Theory]
    [InlineData("504 5.5.4 unknown mechanism")]
    [InlineData("538 5.7.11 encryption required")]
    [InlineData("534 5.7.9 too weak")]
    [InlineData("502 5.5.1 not implemented")]
    public async Task Tries_the_next_mechanism_when_the_refusal_is_about_this_one(string reply)
    {
        await using var server = new ScriptedServer(
            Hello + $"\nS: 250 AUTH CRAM-MD5 PLAIN\nC: AUTH CRAM-MD5\nS: {reply}\n" +
            $"C: AUTH PLAIN {PlainResponse}\nS: 235 ok\n" + Send);
        var report = await SendOneAsync(Plaintext(server, Login), Message("a@example.com"));
        await server.VerifyAsync();
        Assert.Equal(DeliveryStatus.Sent, report.Status);
    }

    [Theory]
    [InlineData("535 5.7.8 wrong password", DeliveryStatus.Failed)]
    [InlineData("534 5.7.14 log in with a browser", DeliveryStatus.Failed)]
    [InlineData("454 4.7.0 try later", DeliveryStatus.Deferred)]
    public async Task Does_not_try_the_same_password_again_when_it_was_refused(string reply, DeliveryStatus status)
    {
        await using var server = new ScriptedServer(
            Hello + $"\nS: 250 AUTH PLAIN LOGIN\nC: AUTH PLAIN *\nS: {reply}\n" + Leave);
        await using var transport = Transport(Plaintext(server, Login) with { Mechanism = "PLAIN" });
        var report = await SendAsync(transport, Message("a@example.com"));
        await server.VerifyAsync();
        Assert.Equal(status, report.Status);
        Assert.Equal(SmtpStage.Auth, report.Stage);
        var error = Assert.IsType<AuthenticationFailedException>(report.Error);
        Assert.Equal("PLAIN", error.Mechanism);
        Assert.Equal(reply, report.Reply?.ToString());
        if (status == DeliveryStatus.Failed)
        {
            // The script has no second connection.
            Assert.Same(error, (await SendAsync(transport, Message("a@example.com"))).Error);
        }
    }

    [Fact]
    public async Task Keeps_what_the_server_says_about_a_token()
    {
        await using var server = new ScriptedServer(Hello + """

            S: 250 AUTH XOAUTH2
            C: AUTH XOAUTH2 *
            S: 334 eyJzdGF0dXMiOiI0MDEifQ==
            C:*
            S: 535 5.7.3 Authentication unsuccessful
            """.Replace("C:*", "C: *", StringComparison.Ordinal) + "\n" + Leave);
        var report = await SendOneAsync(
            Plaintext(server, new TokenCredential("user", "token")), Message("a@example.com"));
        await server.VerifyAsync();
        Assert.Equal("""{"status":"401"}""", Assert.IsType<AuthenticationFailedException>(report.Error).ServerError);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Says_that_credentials_have_to_be_cleared_where_the_server_takes_none(bool allowsPlaintext)
    {
        await using var server = new ScriptedServer(Hello + "\nS: 250 HELP\n" + Leave);
        var report = await SendOneAsync(
            Plaintext(server, Login) with { AllowPlaintextAuth = allowsPlaintext }, Message("a@example.com"));
        await server.VerifyAsync();
        var error = Assert.IsType<AuthenticationNotOfferedException>(report.Error);
        Assert.Equal("SmtpAuthNotOffered", error.ErrorId);
        Assert.Contains("Clear the credentials", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_the_mechanisms_do_not_suit()
    {
        await using var server = new ScriptedServer(Hello + "\nS: 250 AUTH XOAUTH2 X-OWN\n" + Leave);
        var report = await SendOneAsync(Plaintext(server, Login), Message("a@example.com"));
        await server.VerifyAsync();
        Assert.Equal("SmtpAuthMechanismNotOffered", report.Error?.ErrorId);
        Assert.Contains("XOAUTH2, X-OWN", report.Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_no_credentials_without_TLS_unless_that_is_allowed()
    {
        await using var server = new ScriptedServer(Hello + "\nS: 250 AUTH PLAIN CRAM-MD5\n" + Leave);
        var report = await SendOneAsync(
            Plaintext(server, Login) with { AllowPlaintextAuth = false }, Message("a@example.com"));
        await server.VerifyAsync();
        Assert.IsType<PlaintextCredentialException>(report.Error);
        Assert.Equal(DeliveryStatus.Failed, report.Status);
    }

    [Theory]
    [InlineData("S: 334 !!!", "SmtpUnexpectedReply")]
    [InlineData("S: 334", "SaslChallengeInvalid")]
    public async Task Breaks_an_exchange_off_that_the_server_garbles(string challenge, string errorId)
    {
        await using var server = new ScriptedServer(
            Hello + $"\nS: 250 AUTH CRAM-MD5\nC: AUTH CRAM-MD5\n{challenge}\nC: \\*\nS: 501 cancelled\n".Replace(
                "\\*", "*", StringComparison.Ordinal)
            + (errorId.StartsWith("Sasl", StringComparison.Ordinal) ? Leave : ""));
        var report = await SendOneAsync(Plaintext(server, Login), Message("a@example.com"));
        Assert.Equal(errorId, report.Error?.ErrorId);
        await server.VerifyAsync();
    }

    private static SmtpRoute Plaintext(ScriptedServer server, SaslCredential credential) => Route(server) with
    {
        Security = ConnectionSecurity.None,
        Credential = credential,
        AllowPlaintextAuth = true,
    };
}
