using System.Text;
using MailAdmin.Server;
using MailAdmin.Tests.Smtp;

namespace MailAdmin.Tests.Server;

/// <summary>Only CRLF.CRLF ends a message: all else would let a sender hide a second message in the first.</summary>
public sealed class SmugglingTests
{
    private const string Smuggled =
        "MAIL FROM:<evil@example.com>\r\nRCPT TO:<victim@example.com>\r\nDATA\r\nevil\r\n.\r\n";

    public static TheoryData<string> FalseEnds() =>
    [
        "\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r.\r\n", "\r\n.\r", "\n.\r", "\r.\n", "\r\n\0.\r\n", "\r\n.\0\r\n",
        "\r\r\n.\r\r\n", "\n\r.\n\r",
    ];

    [Theory]
    [MemberData(nameof(FalseEnds))]
    public void Reads_on_behind_a_false_end(string end)
    {
        foreach (var fragmentation in Enum.GetValues<Fragmentation>())
        {
            foreach (var allow in new[] { false, true })
            {
                using var player = new SessionPlayer(new SmtpTestServerOptions { AllowBareNewlines = allow });
                player.Open();
                player.Say(
                    "EHLO c\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n"u8, fragmentation);
                player.Say(Encoding.ASCII.GetBytes($"Subject: x\r\n\r\ntext{end}{Smuggled}"), fragmentation);

                Assert.DoesNotContain(player.Messages, message => message.Envelope.ReversePath!.LocalPart == "evil");
                Assert.True(player.Messages.Count <= 1);
                if (allow)
                {
                    Assert.Contains(
                        "MAIL FROM:<evil",
                        Encoding.ASCII.GetString(Assert.Single(player.Messages).Content),
                        StringComparison.Ordinal);
                }
                else if (!end.Contains('\0'))
                {
                    Assert.Empty(player.Messages);
                }
            }
        }
    }

    [Fact]
    public void Refuses_a_message_with_a_bare_newline()
    {
        using var player = Script.Play(Plain, """
            S: 220 localhost ESMTP MailAdmin test server
            C: HELO c
            C: MAIL FROM:<a@example.com>
            C: RCPT TO:<b@example.com>
            C: DATA
            S: 250 localhost
            S: 250 Sender ok
            S: 250 Recipient ok
            S: 354 End data with <CRLF>.<CRLF>
            C: one\ntwo
            C: .
            S: 550 A CR or LF stands alone in the message; lines must end in CRLF
            """);
    }

    [Fact]
    public void Refuses_a_command_that_ends_in_a_bare_LF()
    {
        using var player = Script.Play(Plain, """
            S: 220 localhost ESMTP MailAdmin test server
            C: HELO c\n\
            S: 500 A command must end in CRLF, not in LF alone
            C: HELO c
            S: 250 localhost
            """);
    }

    [Theory]
    [InlineData("a\\r", "\\nb\\r\\n", true)]
    [InlineData("a\\r", "b\\r\\n", false)]
    [InlineData("a\\n", "b\\r\\n", false)]
    [InlineData("a\\r\\n", "\\nb\\r\\n", false)]
    [InlineData("a\\r\\n", "b\\r", false)]
    public void Sees_a_bare_newline_across_chunks(string first, string second, bool isTaken)
    {
        var (one, two) = (Script.Octets(first).Length, Script.Octets(second).Length);
        var verdict = isTaken
            ? "250 Message taken as ID"
            : "550 A CR or LF stands alone in the message; lines must end in CRLF";
        using var player = Script.Play(Plain, $"""
            S: 220 localhost ESMTP MailAdmin test server
            C: HELO c
            C: MAIL FROM:<a@example.com>
            C: RCPT TO:<b@example.com>
            C: BDAT {one}
            C: {first}\
            C: BDAT {two} LAST
            C: {second}\
            S: 250 localhost
            S: 250 Sender ok
            S: 250 Recipient ok
            S: 250 Chunk ok
            S: {verdict}
            """);
    }

    private static SmtpTestServerOptions Plain => new() { Extensions = SmtpServerExtensions.Chunking };
}
