using System.Text;
using MailAdmin.Smtp;

namespace MailAdmin.Tests.Smtp;

public sealed class SmtpCommandBufferTests
{
    private readonly SmtpCommandBuffer _line = new();

    [Fact]
    public void Composes_a_line_again_and_again()
    {
        Assert.Equal("EHLO a.example\r\n", Compose(l => l.Append("EHLO "u8).Append("a.example").End(SmtpStage.Ehlo)));
        Assert.Equal(
            "BDAT 9223372036854775807 LAST\r\n",
            Compose(l => l.Append("BDAT "u8).Append(long.MaxValue).Append(" LAST"u8).End(SmtpStage.Content)));
        Assert.Equal(
            "AUTH PLAIN AGEAYg==\r\n",
            Compose(l => l.Append("AUTH PLAIN "u8).AppendBase64("\0a\0b"u8).End(SmtpStage.Auth)));
    }

    [Theory]
    [InlineData("a\r\nRCPT TO:<x@example.com>")]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    public void Refuses_what_would_end_the_line_early(string text)
    {
        var fault = Assert.Throws<SmtpCommandFormatException>(
            () => _line.Append("EHLO "u8).Append(text).End(SmtpStage.Ehlo));
        Assert.Equal("SmtpCommandUnsafe", fault.ErrorId);
        Assert.Equal(SmtpStage.Ehlo, fault.Stage);
        Assert.Equal(MailErrorKind.InvalidInput, fault.Kind);
    }

    [Fact]
    public void Allows_512_octets_with_the_line_end_and_no_more()
    {
        Assert.Equal(512, _line.Append("EHLO "u8).Append(new string('a', 505)).End(SmtpStage.Ehlo).Lines.Length);
        _line.Reset();
        var fault = Assert.Throws<SmtpCommandFormatException>(
            () => _line.Append("EHLO "u8).Append(new string('a', 506)).End(SmtpStage.Ehlo));
        Assert.Equal("SmtpCommandTooLong", fault.ErrorId);
    }

    [Fact]
    public void Counts_octets_not_characters() =>
        Assert.Throws<SmtpCommandFormatException>(
            () => _line.Append("MAIL FROM:<"u8).Append(new string('ü', 300)).End(SmtpStage.MailFrom));

    [Fact]
    public void Drops_the_whole_group_when_one_line_must_not_be_sent()
    {
        _line.Append("RSET"u8).End(SmtpStage.Rset);
        Assert.Throws<SmtpCommandFormatException>(() => _line.Append("a\nb").End(SmtpStage.Ehlo));
        Assert.True(_line.Lines.IsEmpty);
    }

    [Fact]
    public void Gathers_lines()
    {
        var line = _line.Append("RSET"u8).End(SmtpStage.Rset).Append("NOOP"u8).End(SmtpStage.Noop);
        Assert.Equal("RSET\r\nNOOP\r\n", Encoding.UTF8.GetString(line.Lines));
    }

    private string Compose(Func<SmtpCommandBuffer, SmtpCommandBuffer> compose)
    {
        _line.Reset();
        return Encoding.UTF8.GetString(compose(_line).Lines);
    }
}
