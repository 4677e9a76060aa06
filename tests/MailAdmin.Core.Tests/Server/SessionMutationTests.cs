using System.Text;
using MailAdmin.Server;
using MailAdmin.Tests.Smtp;

namespace MailAdmin.Tests.Server;

/// <summary>
/// What real clients say, damaged: whatever comes, each line has one reply and nothing grows without bound.
/// </summary>
public sealed class SessionMutationTests
{
    private const int Count = 100_000;
    private const int Seed = 20261;

    private static readonly byte[][] Conversations =
    [
        Lines(
            "EHLO [127.0.0.1]", "MAIL FROM:<a@example.com> SIZE=30 BODY=8BITMIME", "RCPT TO:<b@example.com>", "DATA",
            "Subject: x", "", "..", "ä", ".", "QUIT"),
        Lines("HELO c", "MAIL FROM:<>", "RCPT TO:<Postmaster>", "RSET", "NOOP", "VRFY x", "EXPN x", "HELP", "QUIT"),
        Lines(
            "EHLO c", "MAIL FROM:<ä@example.com> SMTPUTF8 RET=HDRS ENVID=a+2Bb",
            "RCPT TO:<\"q>\"@example.com> NOTIFY=SUCCESS,FAILURE ORCPT=utf-8;\\x{E4}@x.example",
            "BDAT 5", "abc", "BDAT 0 LAST", "QUIT"),
        Lines(
            "EHLO c", "AUTH PLAIN AHUAcA==", "AUTH LOGIN", "dQ==", "cA==", "AUTH CRAM-MD5", "dSAwMA==",
            "AUTH XOAUTH2 dXNlcj11AWF1dGg9QmVhcmVyIHABAQ==", "", "*"),
        Lines(
            "EHLO c", "STARTTLS", "EHLO c", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.com>", "BDAT 12 LAST",
            "x: y", "", "abcdMAIL FROM:<a@example.com>"),
    ];

    [Fact]
    public void Answers_each_line_once_and_bounds_its_memory()
    {
        var messages = 0;
        foreach (var input in Mutations.Of(Conversations, Count, Seed))
        {
            using var player = new SessionPlayer(Options());
            player.Open();
            var rest = input.AsSpan();
            while (!rest.IsEmpty && player.End is null)
            {
                var wasLine = player.ExpectsLine;
                var lf = rest.IndexOf((byte)'\n');
                var line = lf < 0 ? rest : rest[..(lf + 1)];
                rest = rest[line.Length..];
                var replies = Replies(player.Say(line, Fragmentation.Whole));

                if (wasLine && lf >= 0)
                {
                    // The line may be BDAT: then the reply comes with the last octet of its chunk.
                    Assert.True(replies == 1 || (replies == 0 && !player.ExpectsLine), Show(input));
                }
                else
                {
                    // Content: at most the end of a message or of a chunk, whose rest is a command.
                    Assert.InRange(replies, 0, 2);
                }
            }

            Assert.True(player.BufferedOctets <= 64 * 1024, Show(input));
            messages += player.Messages.Count;
        }

        Assert.True(messages > Count / 20, $"only {messages} inputs got as far as a message");
    }

    [Fact]
    public void Says_the_same_however_its_input_is_cut()
    {
        foreach (var input in Mutations.Of(Conversations, Count / 5, Seed + 1))
        {
            var said = Enum.GetValues<Fragmentation>().Select(fragmentation => Converse(input, fragmentation)).ToList();
            Assert.True(said.Distinct().Count() == 1, Show(input));
        }
    }

    private static string Converse(byte[] input, Fragmentation fragmentation)
    {
        using var player = new SessionPlayer(Options());
        var said = player.Open();
        said += player.Say(input, fragmentation);
        return said + player.End + string.Concat(
            player.Messages.Select(message => Convert.ToHexString(message.Content)));
    }

    private static SmtpTestServerOptions Options() => new()
    {
        Users = new Dictionary<string, string> { ["u"] = "p" },
        Nonce = () => "0123456789abcdef",
        Time = new FrozenTime(),
        MaxMessageSize = 500,
        MaxCommandLength = 120,
        MaxAuthLineLength = 150,
    };

    private static byte[] Lines(params string[] lines) =>
        Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\r\n")));

    private static int Replies(string said) =>
        said.Split("\r\n").Count(line => line is [>= '2' and <= '5', _, _, ' ', ..]);

    private static string Show(byte[] input) => MailAdmin.Net.TextTranscript.Printable(input);

    private sealed class FrozenTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }
}
