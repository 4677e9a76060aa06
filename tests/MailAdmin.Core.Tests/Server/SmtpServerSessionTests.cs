using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Server;
using MailAdmin.Tests.Smtp;

namespace MailAdmin.Tests.Server;

public sealed class SmtpServerSessionTests
{
    /// <summary>Few keywords, so that scripts stay short.</summary>
    private static readonly SmtpTestServerOptions Bare = new()
    {
        Extensions = SmtpServerExtensions.EnhancedStatusCodes | SmtpServerExtensions.Chunking,
    };

    private const string Hello = """
        S: 220 localhost ESMTP MailAdmin test server
        C: EHLO client.example
        S: 250-localhost
        S: 250-CHUNKING
        S: 250 ENHANCEDSTATUSCODES

        """;

    private const string HelloAndMail = Hello + """
        C: MAIL FROM:<a@example.com>
        S: 250 2.1.0 Sender ok
        C: RCPT TO:<b@example.com>
        S: 250 2.1.5 Recipient ok

        """;

    [Fact]
    public void Takes_a_message_and_answers_a_pipelined_group()
    {
        using var player = Script.Play(Bare, Hello + """
            C: MAIL FROM:<a@example.com>
            C: RCPT TO:<b@example.com>
            C: RCPT TO:<c@example.com>
            C: DATA
            S: 250 2.1.0 Sender ok
            S: 250 2.1.5 Recipient ok
            S: 250 2.1.5 Recipient ok
            S: 354 End data with <CRLF>.<CRLF>
            C: Subject: x
            C: \r\n\
            C: ..dot
            C: .
            C: MAIL FROM:<>
            C: RSET
            S: 250 2.0.0 Message taken as ID
            S: 250 2.1.0 Sender ok
            S: 250 2.0.0 Reset
            C: QUIT
            S: 221 2.0.0 Closing the connection
            """);

        var (envelope, content) = Assert.Single(player.Messages);
        Assert.Equal("Subject: x\r\n\r\n.dot\r\n", Encoding.ASCII.GetString(content));
        Assert.Equal("a@example.com", envelope.ReversePath!.ToWireString());
        Assert.Equal(["b@example.com", "c@example.com"], envelope.Recipients.Select(r => r.Address.ToWireString()));
        Assert.Equal(SessionAction.Close, player.End);
    }

    [Fact]
    public void Offers_every_extension()
    {
        using var player = Script.Play(
            new SmtpTestServerOptions
            {
                Security = SmtpServerSecurity.StartTls,
                AllowPlaintextAuth = true,
                Users = new Dictionary<string, string> { ["u"] = "p" },
                MaxMessageSize = 1000,
                MaxRecipients = 5,
                MaxMessagesPerConnection = 7,
            },
            """
            S: 220 localhost ESMTP MailAdmin test server
            C: EHLO [127.0.0.1]
            S: 250-localhost
            S: 250-PIPELINING
            S: 250-SIZE 1000
            S: 250-8BITMIME
            S: 250-SMTPUTF8
            S: 250-DSN
            S: 250-CHUNKING
            S: 250-ENHANCEDSTATUSCODES
            S: 250-LIMITS MAILMAX=7 RCPTMAX=5
            S: 250-STARTTLS
            S: 250-AUTH CRAM-MD5 PLAIN LOGIN XOAUTH2
            S: 250 HELP
            """);
    }

    [Fact]
    public void Refuses_commands_out_of_sequence()
    {
        using var player = Script.Play(Bare, """
            S: 220 localhost ESMTP MailAdmin test server
            C: MAIL FROM:<a@example.com>
            S: 503 5.5.1 EHLO or HELO must come first
            C: RCPT TO:<a@example.com>
            S: 503 5.5.1 EHLO or HELO must come first
            C: DATA
            S: 503 5.5.1 EHLO or HELO must come first
            C: HELO client.example
            S: 250 localhost
            C: DATA
            S: 503 5.5.1 MAIL FROM must come first
            C: RCPT TO:<a@example.com>
            S: 503 5.5.1 MAIL FROM must come first
            C: MAIL FROM:<a@example.com>
            S: 250 2.1.0 Sender ok
            C: MAIL FROM:<a@example.com>
            S: 503 5.5.1 A transaction is in progress already
            C: DATA
            S: 503 5.5.1 RCPT TO must come first
            C: RCPT TO:<nobody>
            S: 501 5.1.3 Bad recipient address syntax
            C: DATA
            S: 554 5.5.1 No valid recipients
            C: HELO client.example
            S: 250 localhost
            C: RCPT TO:<a@example.com>
            S: 503 5.5.1 MAIL FROM must come first
            """);
    }

    [Theory]
    [InlineData("MAIL", "501 5.5.2 Syntax: MAIL FROM:<address> [parameters]")]
    [InlineData("MAIL FROM: <a@example.com>", "501 5.5.2 Syntax: MAIL FROM:<address> [parameters]")]
    [InlineData("MAIL FROM:a@example.com", "501 5.5.2 Syntax: MAIL FROM:<address> [parameters]")]
    [InlineData("MAIL FROM:<a@example.com>SIZE=1", "501 5.5.2 Syntax: MAIL FROM:<address> [parameters]")]
    [InlineData("MAIL FROM:<a@example.com", "501 5.5.2 Syntax: MAIL FROM:<address> [parameters]")]
    [InlineData("MAIL FROM:<a b@example.com>", "501 5.1.7 Bad sender address syntax")]
    [InlineData("MAIL FROM:<a@example.com> FOO=1", "555 5.5.4 A parameter is not recognized")]
    [InlineData("MAIL FROM:<a@example.com> SIZE=1", "555 5.5.4 A parameter is not recognized")]
    [InlineData("MAIL FROM:<a@example.com> =1", "501 5.5.4 A parameter is malformed or given twice")]
    [InlineData("MAIL FROM:<a@example.com>  ", "250 2.1.0 Sender ok")]
    [InlineData("mail from:<A@example.com>", "250 2.1.0 Sender ok")]
    [InlineData("MAIL FROM:<@relay.example,@two.example:a@example.com>", "250 2.1.0 Sender ok")]
    [InlineData("MAIL FROM:<\"a>b\"@example.com>", "250 2.1.0 Sender ok")]
    [InlineData("EHLO", "501 5.5.4 A host name or an address literal must follow")]
    [InlineData("RSET now", "501 5.5.4 The command takes no arguments")]
    [InlineData("QUIT now", "501 5.5.4 The command takes no arguments")]
    [InlineData("VRFY", "501 5.5.4 The command needs an argument")]
    [InlineData("VRFY postmaster", "252 2.1.5 Cannot verify; send some mail and see")]
    [InlineData("EXPN list", "502 5.5.1 There are no lists to expand")]
    [InlineData("NOOP whatever", "250 2.0.0 Ok")]
    [InlineData("HELP", "214 Commands: EHLO HELO STARTTLS AUTH MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT")]
    [InlineData("STARTTLS", "502 5.5.1 Command not implemented")]
    [InlineData("AUTH PLAIN", "502 5.5.1 Command not implemented")]
    [InlineData("BREW coffee", "500 5.5.1 Command not recognized")]
    [InlineData("", "500 5.5.1 Command not recognized")]
    [InlineData("NOOP \\0", "500 5.5.2 A control character, or not UTF-8")]
    [InlineData("NOOP \\xff", "500 5.5.2 A control character, or not UTF-8")]
    [InlineData("NOOP a\\rb", "500 5.5.2 A control character, or not UTF-8")]
    public void Judges_the_syntax_of_a_command(string command, string reply)
    {
        using var player = Script.Play(Bare, Hello + $"C: {command}\nS: {reply}");
    }

    [Theory]
    [InlineData("MAIL FROM:<a@example.com> SIZE=1000 BODY=8BITMIME RET=HDRS ENVID=x+2By", "250 2.1.0 Sender ok")]
    [InlineData("MAIL FROM:<a@example.com> size=0 body=7bit ret=full", "250 2.1.0 Sender ok")]
    [InlineData("MAIL FROM:<a@example.com> SIZE=1001", "552 5.3.4 The message is larger than this server takes")]
    [InlineData("MAIL FROM:<a@example.com> SIZE=", "501 5.5.4 A parameter is malformed or given twice")]
    [InlineData("MAIL FROM:<a@example.com> SIZE=-1", "501 5.5.4 A parameter is malformed or given twice")]
    [InlineData(
        "MAIL FROM:<a@example.com> SIZE=99999999999999999999", "501 5.5.4 A parameter is malformed or given twice")]
    [InlineData("MAIL FROM:<a@example.com> SIZE=1 SIZE=1", "501 5.5.4 A parameter is malformed or given twice")]
    [InlineData("MAIL FROM:<a@example.com> BODY=BINARYMIME", "501 5.5.4 A parameter is malformed or given twice")]
    [InlineData("MAIL FROM:<a@example.com> ENVID=+2b", "501 5.5.4 A parameter is malformed or given twice")]
    [InlineData("MAIL FROM:<ä@example.com>", "553 5.6.7 A non-ASCII address needs the parameter SMTPUTF8 of MAIL FROM")]
    [InlineData("MAIL FROM:<ä@example.com> SMTPUTF8", "250 2.1.0 Sender ok")]
    [InlineData("MAIL FROM:<a@example.com> SMTPUTF8=1", "501 5.5.4 A parameter is malformed or given twice")]
    public void Judges_the_parameters_of_MAIL(string command, string reply)
    {
        using var player = new SessionPlayer(new SmtpTestServerOptions { MaxMessageSize = 1000 });
        player.Open();
        player.Say("EHLO c\r\n"u8, Fragmentation.Whole);

        Assert.Equal(reply + "\r\n", player.Say([.. Script.Octets(command), .. "\r\n"u8], Fragmentation.Whole));
    }

    [Fact]
    public void Keeps_the_delivery_report_wishes()
    {
        using var player = new SessionPlayer(new SmtpTestServerOptions());
        player.Open();
        player.Say(
            Encoding.UTF8.GetBytes(
                "EHLO c\r\nMAIL FROM:<a@example.com> RET=FULL ENVID=id+3D1 SMTPUTF8\r\n" +
                "RCPT TO:<b@example.com> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;o+2Bx@example.com\r\n" +
                "RCPT TO:<c@example.com> NOTIFY=NEVER ORCPT=utf-8;\\x{E4}@example.com\r\n" +
                "RCPT TO:<Postmaster>\r\nDATA\r\n.\r\n"),
            Fragmentation.Whole);

        var envelope = Assert.Single(player.Messages).Envelope;
        Assert.Equal((DsnReturn.Full, "id=1"), (envelope.Return, envelope.EnvelopeId));
        Assert.Equal(
            [
                new EnvelopeRecipient(
                    EmailAddress.Parse("b@example.com"),
                    DsnNotify.Success | DsnNotify.Delay,
                    EmailAddress.Parse("o+x@example.com")),
                new EnvelopeRecipient(
                    EmailAddress.Parse("c@example.com"), DsnNotify.Never, EmailAddress.Parse("ä@example.com")),
                new EnvelopeRecipient(EmailAddress.Parse("Postmaster@localhost")),
            ],
            envelope.Recipients);
    }

    [Theory]
    [InlineData("NOTIFY=NEVER,SUCCESS")]
    [InlineData("NOTIFY=SUCCESS,SUCCESS")]
    [InlineData("NOTIFY=SOMETIMES")]
    [InlineData("NOTIFY=DELAY NOTIFY=DELAY")]
    [InlineData("NOTIFY")]
    [InlineData("ORCPT=a@example.com")]
    [InlineData("ORCPT=rfc822;a+zz@example.com")]
    [InlineData("ORCPT=utf-8;\\\\x{D800}@example.com")]
    [InlineData("ORCPT=rfc822;a@b ORCPT=rfc822;a@b")]
    public void Refuses_broken_delivery_report_wishes(string parameters)
    {
        using var player = new SessionPlayer(new SmtpTestServerOptions());
        player.Open();
        player.Say("EHLO c\r\nMAIL FROM:<>\r\n"u8, Fragmentation.Whole);

        Assert.Equal(
            "501 5.5.4 A parameter is malformed or given twice\r\n",
            player.Say(Script.Octets($"RCPT TO:<b@example.com> {parameters}\\r\\n"), Fragmentation.Whole));
    }

    [Fact]
    public void Takes_chunks()
    {
        using var player = Script.Play(Bare, HelloAndMail + """
            C: BDAT 3
            C: ab\
            C: c\
            S: 250 2.0.0 Chunk ok
            C: DATA
            S: 503 5.5.1 The message has begun with BDAT
            C: BDAT 5 LAST
            C: \r\n.\r\n\
            S: 250 2.0.0 Message taken as ID
            """);

        Assert.Equal("abc\r\n.\r\n", Encoding.ASCII.GetString(Assert.Single(player.Messages).Content));
    }

    [Fact]
    public void Reads_the_octets_of_a_refused_chunk()
    {
        using var player = Script.Play(Bare, Hello + """
            C: BDAT 6 LAST
            C: QUIT\r\n\
            S: 503 5.5.1 MAIL FROM must come first
            C: BDAT x
            S: 501 5.5.4 Syntax: BDAT octets [LAST]
            C: MAIL FROM:<a@example.com>
            S: 250 2.1.0 Sender ok
            C: BDAT 6
            C: QUIT\r\n\
            S: 503 5.5.1 RCPT TO must come first
            C: RSET
            S: 250 2.0.0 Reset
            """);
    }

    [Fact]
    public void Takes_no_more_chunks_after_one_that_was_too_much()
    {
        using var player = Script.Play(Bare with { MaxMessageSize = 5 }, HelloAndMail + """
            C: BDAT 6
            C: abcdef\
            S: 552 5.3.4 The message is larger than this server takes
            C: BDAT 0 LAST
            S: 503 5.5.1 A chunk was refused; RSET must come first
            """);

        Assert.Empty(player.Messages);
    }

    [Fact]
    public void Refuses_a_message_that_is_too_large_once_it_is_over()
    {
        using var player = Script.Play(Bare with { MaxMessageSize = 5 }, HelloAndMail + """
            C: DATA
            S: 354 End data with <CRLF>.<CRLF>
            C: abcdef
            C: .
            C: NOOP
            S: 552 5.3.4 The message is larger than this server takes
            S: 250 2.0.0 Ok
            """);

        Assert.Empty(player.Messages);
    }

    [Fact]
    public void Limits_recipients_and_messages()
    {
        using var player = Script.Play(Bare with { MaxRecipients = 1, MaxMessagesPerConnection = 1 }, HelloAndMail + """
            C: RCPT TO:<c@example.com>
            S: 452 4.5.3 Too many recipients
            C: RSET
            S: 250 2.0.0 Reset
            C: MAIL FROM:<a@example.com>
            S: 452 4.5.3 Too many messages on this connection
            """);
    }

    [Fact]
    public void Answers_a_line_that_is_too_long_once()
    {
        var tooLong = new string('x', 70_000);
        using var player = Script.Play(
            Bare, Hello + $"C: NOOP {tooLong}\nC: NOOP\nS: 500 5.5.2 Line too long\nS: 250 2.0.0 Ok");
        using var other = Script.Play(Bare, Hello + $"C: NOOP {tooLong[..2042]}\nS: 500 5.5.2 Line too long");
        using var longest = Script.Play(Bare, Hello + $"C: NOOP {tooLong[..2041]}\nS: 250 2.0.0 Ok");
    }

    [Fact]
    public void Forgets_what_was_said_in_clear_before_TLS()
    {
        using var player = new SessionPlayer(
            Bare with { Security = SmtpServerSecurity.StartTls, Extensions = SmtpServerExtensions.StartTls });
        player.Open();
        player.Say("EHLO c\r\n"u8, Fragmentation.Whole);

        Assert.Equal(
            "220 Ready to start TLS\r\n",
            player.Say("STARTTLS\r\nMAIL FROM:<evil@example.com>\r\n"u8, Fragmentation.Whole));
        Assert.Equal(
            "503 EHLO or HELO must come first\r\n", player.Say("MAIL FROM:<a@example.com>\r\n"u8, Fragmentation.Whole));
        Assert.Equal("250 localhost\r\n", player.Say("EHLO c\r\n"u8, Fragmentation.Whole));
        Assert.Equal("503 TLS is on already\r\n", player.Say("STARTTLS\r\n"u8, Fragmentation.Whole));
    }

    [Fact]
    public void Can_require_TLS_and_a_login()
    {
        var options = new SmtpTestServerOptions
        {
            Security = SmtpServerSecurity.StartTls,
            Extensions = SmtpServerExtensions.StartTls | SmtpServerExtensions.Auth,
            RequireTls = true,
            RequireAuthentication = true,
            Users = new Dictionary<string, string> { ["u"] = "p" },
        };
        using var player = Script.Play(options, """
            S: 220 localhost ESMTP MailAdmin test server
            C: EHLO c
            S: 250-localhost
            S: 250 STARTTLS
            C: AUTH PLAIN AHUAcA==
            S: 538 Encryption required for authentication
            C: MAIL FROM:<a@example.com>
            S: 530 Must issue a STARTTLS command first
            C: STARTTLS
            S: 220 Ready to start TLS
            C: EHLO c
            S: 250-localhost
            S: 250 AUTH CRAM-MD5 PLAIN LOGIN XOAUTH2
            C: MAIL FROM:<a@example.com>
            S: 530 Authentication required
            C: AUTH PLAIN AHUAcA==
            S: 235 Authentication successful
            C: AUTH PLAIN AHUAcA==
            S: 503 Already authenticated
            C: MAIL FROM:<a@example.com>
            S: 250 Sender ok
            """);
    }
}
