using System.Security.Cryptography;
using System.Text;
using MailAdmin.Server;
using MailAdmin.Tests.Smtp;

namespace MailAdmin.Tests.Server;

public sealed class AuthTests
{
    private const string Hello = """
        S: 220 localhost ESMTP MailAdmin test server
        C: EHLO client.example
        S: 250-localhost
        S: 250 AUTH CRAM-MD5 PLAIN LOGIN XOAUTH2

        """;

    private static readonly SmtpTestServerOptions Options = new()
    {
        Extensions = SmtpServerExtensions.Auth,
        Users = new Dictionary<string, string> { ["tim"] = "tanstaaftanstaaf", ["zoë"] = "pässwörd" },
        Nonce = () => "0123456789abcdef",
        Time = new FixedTime(),
    };

    [Theory]
    [InlineData("PLAIN", "\0tim\0tanstaaftanstaaf", true)]
    [InlineData("PLAIN", "tim\0tim\0tanstaaftanstaaf", true)]
    [InlineData("PLAIN", "\0zoë\0pässwörd", true)]
    [InlineData("PLAIN", "\0tim\0wrong", false)]
    [InlineData("PLAIN", "\0nobody\0tanstaaftanstaaf", false)]
    [InlineData("PLAIN", "zoë\0tim\0tanstaaftanstaaf", false)]
    public void Takes_PLAIN_with_and_without_an_initial_response(string mechanism, string response, bool isRight)
    {
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(response));
        var verdict = isRight ? "235 Authentication successful" : "535 Authentication credentials invalid";

        using var initial = Script.Play(Options, Hello + $"C: AUTH {mechanism} {base64}\nS: {verdict}");
        using var asked = Script.Play(Options, Hello + $"C: AUTH {mechanism}\nS: 334 \nC: {base64}\nS: {verdict}");

        Assert.Equal(isRight ? mechanism : null, initial.Info.Mechanism);
        Assert.Equal(isRight, asked.Info.User is not null);
        Assert.DoesNotContain(base64, initial.Transcript.All + asked.Transcript.All, StringComparison.Ordinal);
        Assert.Contains("< AUTH PLAIN ****", initial.Transcript.Lines);
    }

    [Theory]
    [InlineData("tanstaaftanstaaf", "235 Authentication successful")]
    [InlineData("wrong", "535 Authentication credentials invalid")]
    public void Takes_LOGIN_with_and_without_an_initial_response(string password, string verdict)
    {
        var secret = Convert.ToBase64String(Encoding.UTF8.GetBytes(password));

        using var asked = Script.Play(Options, Hello + $"""
            C: AUTH LOGIN
            S: 334 VXNlcm5hbWU6
            C: dGlt
            S: 334 UGFzc3dvcmQ6
            C: {secret}
            S: {verdict}
            """);
        using var initial = Script.Play(Options, Hello + $"""
            C: auth login dGlt
            S: 334 UGFzc3dvcmQ6
            C: {secret}
            S: {verdict}
            """);

        Assert.DoesNotContain(secret, initial.Transcript.All + asked.Transcript.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tanstaaftanstaaf", "235 Authentication successful")]
    [InlineData("wrong", "535 Authentication credentials invalid")]
    public void Takes_CRAM_MD5(string password, string verdict)
    {
        const string Challenge = "<0123456789abcdef.1790000000@localhost>";
        var digest = Convert.ToHexString(
            HMACMD5.HashData(Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(Challenge)));
        var response = Convert.ToBase64String(Encoding.UTF8.GetBytes($"tim {digest.ToLowerInvariant()}"));

        using var player = Script.Play(Options, Hello + $"""
            C: AUTH CRAM-MD5
            S: 334 {Convert.ToBase64String(Encoding.UTF8.GetBytes(Challenge))}
            C: {response}
            S: {verdict}
            C: AUTH CRAM-MD5 {response}
            S: {(verdict[0] == '2' ? "503 Already authenticated" : "501 Cannot read the response")}
            """);
    }

    [Theory]
    [InlineData("user=tim\u0001auth=Bearer tanstaaftanstaaf\u0001\u0001", true)]
    [InlineData("user=tim\u0001auth=Bearer wrong\u0001\u0001", false)]
    public void Takes_XOAUTH2_and_explains_a_refusal(string response, bool isRight)
    {
        var error = Convert.ToBase64String("""{"status":"401","schemes":"bearer","scope":"mail"}"""u8);
        var verdict = isRight
            ? "S: 235 Authentication successful"
            : $"S: 334 {error}\nC: \\\nC: \nS: 535 Authentication credentials invalid";
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(response));

        using var initial = Script.Play(Options, Hello + $"C: AUTH XOAUTH2 {base64}\n{verdict}");
        using var asked = Script.Play(Options, Hello + $"C: AUTH XOAUTH2\nS: 334 \nC: {base64}\n{verdict}");
    }

    [Theory]
    [InlineData("AUTH", "501 The command needs an argument")]
    [InlineData("AUTH SCRAM-SHA-1 eA==", "504 Authentication mechanism is not supported")]
    [InlineData("AUTH PLAIN !", "501 Cannot read the response")]
    [InlineData("AUTH PLAIN AHUA cA==", "501 Cannot read the response")]
    [InlineData("AUTH PLAIN =", "501 Cannot read the response")]
    [InlineData("AUTH PLAIN dGlt", "501 Cannot read the response")]
    [InlineData("AUTH XOAUTH2 dGlt", "501 Cannot read the response")]
    [InlineData("AUTH LOGIN =", "501 Cannot read the response")]
    public void Refuses_what_it_cannot_read(string command, string reply)
    {
        using var player = Script.Play(Options, Hello + $"C: {command}\nS: {reply}\nC: NOOP\nS: 250 Ok");
    }

    [Fact]
    public void Lets_a_client_cancel_and_begin_again()
    {
        using var player = Script.Play(Options, Hello + """
            C: AUTH LOGIN
            S: 334 VXNlcm5hbWU6
            C: *
            S: 501 Authentication cancelled
            C: AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm
            S: 235 Authentication successful
            C: MAIL FROM:<a@example.com> AUTH=tim+40example.com
            S: 250 Sender ok
            """);
    }

    [Fact]
    public void Refuses_a_line_that_is_too_long_and_ends_the_exchange()
    {
        using var player = Script.Play(Options, Hello + $"""
            C: AUTH PLAIN
            S: 334{" "}
            C: {new string('A', 20_000)}
            S: 500 Authentication exchange line is too long
            C: NOOP
            S: 250 Ok
            """);
    }

    [Fact]
    public void Takes_a_long_token_in_one_line()
    {
        var token = new string('t', 8000);
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes($"user=u\u0001auth=Bearer {token}\u0001\u0001"));

        using var player = Script.Play(
            Options with { Users = new Dictionary<string, string> { ["u"] = token } },
            Hello + $"C: AUTH XOAUTH2 {base64}\nS: 235 Authentication successful");
    }

    [Fact]
    public void Asks_the_callback_in_place_of_the_table()
    {
        var seen = new List<string>();
        var options = Options with
        {
            Authenticate = login =>
            {
                seen.Add($"{login.Mechanism} {login.User} {login.Secret}");
                return login.Proves("sesame");
            },
        };

        using var player = Script.Play(options, Hello + """
            C: AUTH PLAIN AHgAc2VzYW1l
            S: 235 Authentication successful
            """);

        Assert.All(seen, line => Assert.Equal("PLAIN x sesame", line));
    }

    [Fact]
    public void Hides_what_follows_a_login_that_a_client_misunderstood()
    {
        using var player = new SessionPlayer(Options);
        player.Open();
        player.Say("EHLO c\r\nAUTH FOO\r\nc2VjcmV0\r\nNOOP\r\nfoo\r\n"u8, Fragmentation.Whole);

        Assert.DoesNotContain("c2VjcmV0", player.Transcript.All, StringComparison.Ordinal);
        Assert.Contains("< foo", player.Transcript.Lines);
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);
    }
}
