using System.Text;
using MailAdmin.Server;
using MailAdmin.Tests.Smtp;

namespace MailAdmin.Tests.Server;

/// <summary>
/// Faults as the session makes them; what they look like on the wire is in <see cref="ServerFaultTests"/>.
/// </summary>
public sealed class FaultTests
{
    private const string Transaction = """
        S: 220 localhost ESMTP MailAdmin test server
        C: EHLO c
        S: 250-localhost
        S: 250 CHUNKING
        C: MAIL FROM:<a@example.com>
        S: 250 Sender ok

        """;

    [Fact]
    public void Replaces_the_reply_to_one_recipient()
    {
        using var player = Play("rcpt:2=550 5.1.1 no such user", Transaction + """
            C: RCPT TO:<b@example.com>
            C: RCPT TO:<c@example.com>
            C: RCPT TO:<d@example.com>
            C: DATA
            S: 250 Recipient ok
            S: 550 5.1.1 no such user
            S: 250 Recipient ok
            S: 354 End data with <CRLF>.<CRLF>
            C: .
            C: MAIL FROM:<a@example.com>
            C: RCPT TO:<b@example.com>
            C: RCPT TO:<c@example.com>
            S: 250 Message taken as ID
            S: 250 Sender ok
            S: 250 Recipient ok
            S: 550 5.1.1 no such user
            """);

        Assert.Equal(2, Assert.Single(player.Messages).Envelope.Recipients.Count);
    }

    [Fact]
    public void Lets_a_command_take_effect_when_the_reply_is_of_its_sort()
    {
        using var player = Play("eod=250 as you like\nmail=250 fine\nrcpt=251 2.1.5 will forward", """
            S: 220 localhost ESMTP MailAdmin test server
            C: HELO c
            C: MAIL FROM:<a@example.com>
            C: RCPT TO:<b@example.com>
            C: DATA
            S: 250 localhost
            S: 250 fine
            S: 251 2.1.5 will forward
            S: 354 End data with <CRLF>.<CRLF>
            C: .
            C: RCPT TO:<b@example.com>
            S: 250 as you like
            S: 503 MAIL FROM must come first
            """);

        Assert.Single(player.Messages);
    }

    [Theory]
    [InlineData("data=451 later", "451 later")]
    [InlineData("data=250 what", "250 what")]
    public void Gives_a_command_no_effect_when_the_reply_is_of_another_sort(string fault, string reply)
    {
        using var player = Play(fault, Transaction + $"""
            C: RCPT TO:<b@example.com>
            C: DATA
            C: NOOP
            S: 250 Recipient ok
            S: {reply}
            S: 250 Ok
            """);
    }

    [Theory]
    [InlineData("connect=421 go away", "421 go away\r\n", nameof(SessionAction.Close))]
    [InlineData("connect=drop", "", nameof(SessionAction.Close))]
    [InlineData("connect=stall", "", nameof(SessionAction.Stall))]
    [InlineData("banner=421 4.3.2 busy", "421 4.3.2 busy\r\n", nameof(SessionAction.Close))]
    [InlineData("banner=reset", "", nameof(SessionAction.Reset))]
    public void Strikes_before_the_greeting(string fault, string said, string end)
    {
        using var player = new SessionPlayer(Options(fault));

        Assert.Equal(said, player.Open());
        Assert.Equal(end, player.End.ToString());
    }

    [Fact]
    public void Serves_only_QUIT_behind_a_greeting_that_refuses()
    {
        using var player = Play("banner=554 5.7.1 no\\nnothing here", """
            S: 554-5.7.1 no
            S: 554 nothing here
            C: EHLO c
            S: 503 No service here; QUIT is all that is left
            C: BDAT 2
            C: ab\
            S: 503 No service here; QUIT is all that is left
            C: QUIT
            S: 221 Closing the connection
            """);
    }

    [Fact]
    public void Says_octets_that_are_no_reply()
    {
        using var player = new SessionPlayer(Options("noop*1=garbage"));
        player.Open();

        var said = player.Say("NOOP\r\n"u8, Fragmentation.Whole);
        Assert.EndsWith("\r\n", said, StringComparison.Ordinal);
        Assert.DoesNotMatch("^[2-5][0-9][0-9]", said);
        Assert.Equal("250 Ok\r\n", player.Say("NOOP\r\n"u8, Fragmentation.Whole));
    }

    [Theory]
    [InlineData("drop", nameof(SessionAction.Close))]
    [InlineData("reset", nameof(SessionAction.Reset))]
    [InlineData("stall", nameof(SessionAction.Stall))]
    public void Answers_what_was_pipelined_before_it_goes(string action, string end)
    {
        using var player = new SessionPlayer(Options($"rcpt:2={action}"));
        player.Open();

        Assert.Equal(
            "250 localhost\r\n250 Sender ok\r\n250 Recipient ok\r\n",
            player.Say(
                "HELO c\r\nMAIL FROM:<a@b.example>\r\n"u8
                + "RCPT TO:<a@b.example>\r\nRCPT TO:<c@b.example>\r\nDATA\r\n"u8,
                Fragmentation.Whole));
        Assert.Equal(end, player.End.ToString());
    }

    [Theory]
    [InlineData(Fragmentation.Whole)]
    [InlineData(Fragmentation.Lines)]
    [InlineData(Fragmentation.Octets)]
    public void Strikes_within_the_content(Fragmentation fragmentation)
    {
        using var player = new SessionPlayer(Options("content@7=421 4.3.2 enough"));
        player.Open();
        player.Say("HELO c\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n"u8, fragmentation);

        Assert.Equal("", player.Say("123456"u8, fragmentation));
        Assert.Null(player.End);
        Assert.Equal("421 4.3.2 enough\r\n", player.Say("789"u8, fragmentation));
        Assert.Equal(SessionAction.Close, player.End);
    }

    [Fact]
    public void Stops_reading_when_it_stalls_within_the_content()
    {
        using var player = new SessionPlayer(Options("content=stall"));
        player.Open();
        player.Say("HELO c\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n"u8, Fragmentation.Whole);

        Assert.Equal(SessionAction.StallUnread, player.End);
    }

    [Fact]
    public void Drops_a_message_that_was_refused_too_early()
    {
        using var player = Play("content@2=552 5.3.4 stop", Transaction + """
            C: RCPT TO:<b@example.com>
            C: DATA
            S: 250 Recipient ok
            S: 354 End data with <CRLF>.<CRLF>
            C: abc
            S: 552 5.3.4 stop
            C: def
            C: .
            C: NOOP
            S: 250 Ok
            """);

        Assert.Empty(player.Messages);
    }

    [Fact]
    public void Counts_the_octets_of_chunks_together()
    {
        using var player = Play("content@5=552 5.3.4 stop", Transaction + """
            C: RCPT TO:<b@example.com>
            S: 250 Recipient ok
            C: BDAT 3
            C: abc\
            S: 250 Chunk ok
            C: BDAT 3
            C: def\
            S: 552 5.3.4 stop
            """);
    }

    [Fact]
    public void Reads_the_chunk_of_a_refused_BDAT()
    {
        using var player = Play("bdat:1=451 later", Transaction + """
            C: RCPT TO:<b@example.com>
            S: 250 Recipient ok
            C: BDAT 6
            S: 451 later
            C: QUIT\r\n\
            C: BDAT 0 LAST
            S: 503 A chunk was refused; RSET must come first
            """);
    }

    [Fact]
    public void Strikes_at_the_first_chunk_where_it_is_told_to_at_DATA()
    {
        using var player = Play("data:1=451 later", Transaction + """
            C: RCPT TO:<b@example.com>
            S: 250 Recipient ok
            C: BDAT 3
            S: 451 later
            C: abc\
            C: BDAT 0 LAST
            S: 503 A chunk was refused; RSET must come first
            C: RSET
            S: 250 Reset
            C: MAIL FROM:<a@example.com>
            S: 250 Sender ok
            C: RCPT TO:<b@example.com>
            S: 250 Recipient ok
            C: BDAT 3
            C: abc\
            S: 250 Chunk ok
            C: BDAT 3 LAST
            C: def\
            S: 250 Message taken as ID
            """);

        Assert.Equal("abcdef", Encoding.ASCII.GetString(Assert.Single(player.Messages).Content));
    }

    [Fact]
    public void Strikes_at_each_line_of_a_login()
    {
        using var player = Play("authresponse:2=535 5.7.8 no", """
            S: 220 localhost ESMTP MailAdmin test server
            C: EHLO c
            S: 250-localhost
            S: 250-CHUNKING
            S: 250 AUTH CRAM-MD5 PLAIN LOGIN XOAUTH2
            C: AUTH LOGIN
            S: 334 VXNlcm5hbWU6
            C: dQ==
            S: 334 UGFzc3dvcmQ6
            C: cA==
            S: 535 5.7.8 no
            C: NOOP
            S: 250 Ok
            """, withUsers: true);
    }

    [Fact]
    public void Strikes_as_often_as_it_was_told_over_all_connections()
    {
        var options = Options("mail*2=451 4.7.1 greylisted");
        var counter = new FaultCounter(options.Faults);
        var replies = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            using var player = new SessionPlayer(options, counter);
            player.Open();
            player.Say("HELO c\r\n"u8, Fragmentation.Whole);
            replies.Add(player.Say("MAIL FROM:<a@b.example>\r\n"u8, Fragmentation.Whole)[..3]);
        }

        Assert.Equal(["451", "451", "250", "250"], replies);
    }

    [Fact]
    public void Slows_down()
    {
        using var player = new SessionPlayer(Options("helo=slow 50"));
        player.Open();
        Assert.Equal(0, player.OctetsPerSecond);

        Assert.Equal("250 localhost\r\n", player.Say("HELO c\r\n"u8, Fragmentation.Whole));
        Assert.Equal(50, player.OctetsPerSecond);
    }

    [Theory]
    [InlineData("tls=drop", "220 Ready to start TLS\r\n", nameof(SessionAction.Close))]
    [InlineData("tls=stall", "220 Ready to start TLS\r\n", nameof(SessionAction.Stall))]
    [InlineData("tls=250 plain text", "220 Ready to start TLS\r\n250 plain text\r\n", nameof(SessionAction.Close))]
    public void Strikes_in_place_of_the_handshake(string fault, string said, string end)
    {
        using var player = new SessionPlayer(Options(fault) with
        {
            Security = SmtpServerSecurity.StartTls,
            Extensions = SmtpServerExtensions.StartTls,
        });
        player.Open();
        player.Say("EHLO c\r\n"u8, Fragmentation.Whole);

        Assert.Equal(said, player.Say("STARTTLS\r\n"u8, Fragmentation.Whole));
        Assert.Equal(end, player.End.ToString());
    }

    private static SessionPlayer Play(string faults, string script, bool withUsers = false)
    {
        var options = Options(faults);
        return Script.Play(
            withUsers ? options with { Users = new Dictionary<string, string> { ["u"] = "p" } } : options, script);
    }

    private static SmtpTestServerOptions Options(string faults) => new()
    {
        Extensions = SmtpServerExtensions.Chunking | SmtpServerExtensions.Auth,
        Faults = FaultScript.Parse(faults),
    };
}
