using System.Text;
using MailAdmin.Smtp;

namespace MailAdmin.Tests.Smtp;

public sealed class SmtpReplyParserTests
{
    [Fact]
    public void Reads_a_single_line()
    {
        var reply = Parse("250 2.1.5 Recipient ok");
        Assert.Equal(250, reply.Code);
        Assert.Equal(new EnhancedStatusCode(2, 1, 5), reply.Enhanced);
        Assert.Equal(["2.1.5 Recipient ok"], reply.Lines);
        Assert.True(reply.IsPositive);
        Assert.Equal("250 2.1.5 Recipient ok", reply.ToString());
    }

    [Theory]
    [InlineData("250")]
    [InlineData("250 ")]
    public void Reads_a_reply_without_text(string line)
    {
        var reply = Parse(line);
        Assert.Equal("", reply.Text);
        Assert.Null(reply.Enhanced);
        Assert.Equal("250", reply.ToString());
    }

    [Fact]
    public void Joins_the_lines_of_one_reply()
    {
        var reply = Parse("550-5.7.1 Mail from you", "550-", "550 5.7.1 is not wanted");
        Assert.Equal(550, reply.Code);
        Assert.Equal(new EnhancedStatusCode(5, 7, 1), reply.Enhanced);
        Assert.Equal(["5.7.1 Mail from you", "", "5.7.1 is not wanted"], reply.Lines);
        Assert.True(reply.IsPermanentFailure);
        Assert.False(reply.IsTransientFailure);
    }

    [Fact]
    public void Takes_the_last_code_where_lines_differ_within_a_class() =>
        Assert.Equal(252, Parse("250-one", "252 two").Code);

    [Fact]
    public void Refuses_a_reply_that_is_both_good_and_bad()
    {
        var fault = Assert.Throws<SmtpProtocolException>(() => Parse("250-fine", "550 not fine"));
        Assert.Equal("SmtpBrokenReply", fault.ErrorId);
        Assert.Contains("250", fault.Message, StringComparison.Ordinal);
        Assert.Contains("550", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("25")]
    [InlineData("2x0 hello")]
    [InlineData("150 hello")]
    [InlineData("650 hello")]
    [InlineData("250hello")]
    [InlineData("2500 hello")]
    [InlineData("hello")]
    [InlineData("２５０ wide digits")]
    public void Refuses_what_is_no_reply(string line) =>
        Assert.Equal("SmtpBrokenReply", Assert.Throws<SmtpProtocolException>(() => Parse(line)).ErrorId);

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request", "web server")]
    [InlineData("SSH-2.0-OpenSSH_9.6", "SSH server")]
    [InlineData("+OK POP3 ready", "POP3 server")]
    [InlineData("* OK IMAP4rev1 ready", "IMAP server")]
    [InlineData("hello there", "'hello there'")]
    [InlineData("", "empty line")]
    public void Names_the_service_that_greets_instead_of_an_SMTP_server(string line, string name)
    {
        var fault = Assert.Throws<SmtpProtocolException>(
            () => new SmtpReplyParser().Add(Encoding.UTF8.GetBytes(line), SmtpStage.Greeting));
        Assert.Equal("NotAnSmtpServer", fault.ErrorId);
        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ends_a_reply_that_never_ends()
    {
        var parser = new SmtpReplyParser();
        var fault = Assert.Throws<SmtpProtocolException>(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                Assert.Null(parser.Add("250-more"u8, SmtpStage.Ehlo));
            }
        });
        Assert.Contains("longer", fault.Message, StringComparison.Ordinal);
        Assert.False(parser.IsInsideReply);
    }

    [Fact]
    public void Reads_on_after_a_broken_reply()
    {
        var parser = new SmtpReplyParser();
        Assert.Null(parser.Add("250-5.0.0 begun"u8, SmtpStage.Data));
        Assert.Throws<SmtpProtocolException>(() => parser.Add("garbage"u8, SmtpStage.Data));
        var reply = parser.Add("354 go"u8, SmtpStage.Data);
        Assert.NotNull(reply);
        Assert.Null(reply.Enhanced);
        Assert.True(reply.IsIntermediate);
        Assert.Equal(["go"], reply.Lines);
    }

    [Fact]
    public void Shows_no_control_characters()
    {
        var reply = Parse("550 \u001b[31mred\u0007\tbell");
        Assert.Equal("\uFFFD[31mred\uFFFD bell", reply.Text);
    }

    [Fact]
    public void Reads_UTF_8_and_keeps_other_octets_visible()
    {
        Assert.Equal("Empfänger", Parse("550 Empfänger").Text);
        var reply = new SmtpReplyParser().Add([.. "550 Empf"u8, 0xE4, .. "nger"u8], SmtpStage.RcptTo);
        Assert.Equal("Empfänger", reply?.Text);
    }

    [Fact]
    public void Makes_a_reply_once_that_is_said_again_and_again()
    {
        var parser = new SmtpReplyParser();
        var first = parser.Add("250 2.1.5 Ok"u8, SmtpStage.RcptTo);
        parser.Add("250 2.1.0 Ok"u8, SmtpStage.MailFrom);
        Assert.Same(first, parser.Add("250 2.1.5 Ok"u8, SmtpStage.RcptTo));
        Assert.Null(parser.Add("250-2.1.5 Ok"u8, SmtpStage.RcptTo));
        Assert.NotSame(first, parser.Add("250 2.1.5 Ok"u8, SmtpStage.RcptTo));
    }

    [Fact]
    public void Survives_mutations_of_real_replies()
    {
        byte[][] seeds =
        [
            [.. "220 mail.example.com ESMTP Postfix (Debian/GNU)"u8],
            [.. "250-mail.example.com"u8],
            [.. "250-SIZE 10240000"u8],
            [.. "250 2.0.0 Ok: queued as 4TqX2b5vRkz1y5D"u8],
            [.. "550 5.1.1 <nobody@example.com>: Recipient address rejected: User unknown in local recipient table"u8],
            [.. "452-4.5.3 Error: too many recipients"u8],
            [.. "354 End data with <CR><LF>.<CR><LF>"u8],
        ];
        var parser = new SmtpReplyParser();
        var mutations = new Mutations(seeds, seed: 20261122);
        var replies = 0;
        for (var i = 0; i < 100_000; i++)
        {
            try
            {
                if (parser.Add(mutations.Next(), SmtpStage.MailFrom) is { } reply)
                {
                    replies++;
                    Assert.InRange(reply.Code, 200, 599);
                    Assert.NotEmpty(reply.Lines);
                    Assert.All(reply.Lines, line => Assert.DoesNotContain(line, char.IsControl));
                }
            }
            catch (SmtpProtocolException)
            {
                Assert.False(parser.IsInsideReply);
            }
        }

        Assert.InRange(replies, 1_000, 99_000);
    }

    private static SmtpReply Parse(params string[] lines)
    {
        var parser = new SmtpReplyParser();
        foreach (var line in lines[..^1])
        {
            Assert.Null(parser.Add(Encoding.UTF8.GetBytes(line), SmtpStage.MailFrom));
            Assert.True(parser.IsInsideReply);
        }

        var reply = parser.Add(Encoding.UTF8.GetBytes(lines[^1]), SmtpStage.MailFrom);
        Assert.NotNull(reply);
        Assert.False(parser.IsInsideReply);
        return reply;
    }
}
