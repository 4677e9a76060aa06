using MailAdmin.Server;
using MailAdmin.Smtp;

namespace MailAdmin.Tests.Server;

public sealed class PolicyTests
{
    private const string Opening = "S: 220 localhost ESMTP MailAdmin test server\nC: HELO c\nS: 250 localhost\n";

    [Theory]
    [InlineData("STARTTLS", "454 4.7.0 not now", "454 4.7.0 not now")]
    [InlineData("STARTTLS", "220 go on", "220 go on")]
    [InlineData("RSET", "450 4.3.0 no", "450 4.3.0 no")]
    [InlineData("RSET", "354 nonsense", "354 nonsense")]
    [InlineData("NOOP", "250 2.0.0 yes", "250 2.0.0 yes")]
    [InlineData("VRFY x", "550 5.1.1 no", "550 5.1.1 no")]
    [InlineData("HELP", "214 read the book", "214 read the book")]
    [InlineData("QUIT", "221 2.0.0 so long", "221 2.0.0 so long")]
    [InlineData("QUIT", "500 5.0.0 stay", "500 5.0.0 stay")]
    [InlineData("NOOP", null, "250 2.0.0 Ok")]
    [InlineData("BOGUS", "250 2.0.0 yes", "500 5.5.1 Command not recognized")]
    public void Has_its_say_in_every_command(string command, string? decision, string reply)
    {
        var policy = new ScriptedPolicy { [command.Split(' ')[0]] = decision };

        using var player = Script.Play(
            new SmtpTestServerOptions { Security = SmtpServerSecurity.StartTls, Policy = policy },
            Opening + $"C: {command}\nS: {reply}");

        Assert.Equal(command == "QUIT" && reply[0] == '2' ? SessionAction.Close : null, player.End);
        Assert.Equal(command == "STARTTLS" && reply[0] == '2', player.Info.TlsProtocol is not null);
    }

    [Theory]
    [InlineData("354 4 me", "354 4 me")]
    [InlineData(null, "354 End data with <CRLF>.<CRLF>")]
    public void May_word_the_go_ahead_for_the_content(string? decision, string reply)
    {
        using var player = Script.Play(
            new SmtpTestServerOptions { Policy = new ScriptedPolicy { ["DATA"] = decision } },
            Opening + $"""
                C: MAIL FROM:<a@b.example>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<c@d.example>
                S: 250 2.1.5 Recipient ok
                C: DATA
                S: {reply}
                C: x
                C: .
                S: 250 2.0.0 Message taken as ID
                """);

        Assert.Single(player.Messages);
    }

    [Fact]
    public void May_refuse_the_content_and_the_transaction_goes_on()
    {
        using var player = Script.Play(
            new SmtpTestServerOptions { Policy = new ScriptedPolicy { ["DATA"] = "451 4.3.0 no" } },
            Opening + """
                C: MAIL FROM:<a@b.example>
                S: 250 2.1.0 Sender ok
                C: RCPT TO:<c@d.example>
                S: 250 2.1.5 Recipient ok
                C: DATA
                S: 451 4.3.0 no
                C: RCPT TO:<e@d.example>
                S: 250 2.1.5 Recipient ok
                """);

        Assert.Empty(player.Messages);
    }

    [Theory]
    [InlineData("AUTH", "535 5.7.0 nobody", "C: AUTH PLAIN\nS: 535 5.7.0 nobody\nC: NOOP\nS: 250 2.0.0 Ok")]
    [InlineData("AUTH", "421 4.7.0 away", "C: AUTH PLAIN\nS: 421 4.7.0 away")]
    [InlineData("AUTH", "235 come in", "C: AUTH PLAIN\nS: 334 ")]
    [InlineData(
        "PLAIN ????",
        "501 5.5.2 no base64",
        "C: AUTH PLAIN ????\nS: 501 5.5.2 no base64\nC: NOOP\nS: 250 2.0.0 Ok")]
    [InlineData(
        "PLAIN ????",
        "501 5.5.2 no base64",
        "C: AUTH PLAIN\nS: 334 \nC: ????\nS: 501 5.5.2 no base64\nC: NOOP\nS: 250 2.0.0 Ok")]
    [InlineData("PLAIN ", "501 5.5.2 empty", "C: AUTH PLAIN =\nS: 501 5.5.2 empty")]
    [InlineData(
        "PLAIN AHUAcA==",
        "235 come in",
        "C: AUTH PLAIN AHUAcA==\nS: 535 5.7.8 Authentication credentials invalid")]
    public void Sees_a_login_before_anybody_decodes_it(string said, string decision, string script)
    {
        using var player = Script.Play(
            new SmtpTestServerOptions
            {
                Users = new Dictionary<string, string> { ["u"] = "q" },
                Policy = new ScriptedPolicy { [said] = decision },
            },
            Opening.Replace("HELO", "EHLO", StringComparison.Ordinal).Replace(
                "S: 250 localhost\n",
                """
                S: 250-localhost
                S: 250-PIPELINING
                S: 250-SIZE 268435456
                S: 250-8BITMIME
                S: 250-SMTPUTF8
                S: 250-DSN
                S: 250-CHUNKING
                S: 250-ENHANCEDSTATUSCODES
                S: 250-LIMITS RCPTMAX=1000
                S: 250-AUTH CRAM-MD5 PLAIN LOGIN XOAUTH2
                S: 250 HELP

                """,
                StringComparison.Ordinal) + script);

        Assert.Null(player.Info.User);
        Assert.DoesNotContain("????", player.Transcript.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hears_of_each_end_once_and_before_the_client_does()
    {
        var policy = new ScriptedPolicy();
        await using var server = await SmtpTestServer.StartAsync(new() { Policy = policy });
        await using (var polite = await RawClient.ConnectAsync(server.Endpoint))
        {
            await polite.SendAsync("QUIT\r\n");
            await polite.ReadRepliesAsync(2);
            Assert.Equal([1], policy.Ended);
        }

        await using (var rude = await RawClient.ConnectAsync(server.Endpoint))
        {
            await rude.ReadReplyAsync();
            Assert.Equal([1], policy.Ended);
        }

        await Wait.UntilAsync(() => server.ConnectionCount == 0);
        Assert.Equal([1, 2], policy.Ended);
    }

    /// <summary>Decides by the command, or by mechanism and response.</summary>
    private sealed class ScriptedPolicy : Dictionary<string, string?>, ISmtpServerPolicy
    {
        private readonly List<int> _ended = [];

        public IReadOnlyList<int> Ended
        {
            get
            {
                lock (_ended)
                {
                    return [.. _ended];
                }
            }
        }

        public SmtpReply? Command(SmtpSessionInfo session, string verb) => Find(verb);

        public SmtpReply? Response(SmtpSessionInfo session, string mechanism, string response) =>
            Find($"{mechanism} {response}");

        public void End(SmtpSessionInfo session)
        {
            lock (_ended)
            {
                _ended.Add(session.Number);
            }
        }

        private SmtpReply? Find(string said) => this.GetValueOrDefault(said) is { } line
            ? new SmtpReply(int.Parse(line[..3], System.Globalization.CultureInfo.InvariantCulture), null, [line[4..]])
            : null;
    }
}
