using System.Text;
using MailAdmin.Smtp;

namespace MailAdmin.Tests.Smtp;

public sealed class SmtpCommandLineTests
{
    private readonly SmtpCommandLine _line = new();

    [Fact]
    public void Composes_a_line_again_and_again()
    {
        Assert.Equal("EHLO a.example\r\n", Text(_line.Begin("EHLO "u8).Append("a.example").End(SmtpStage.Ehlo)));
        Assert.Equal("BDAT 9223372036854775807 LAST\r\n", Text(_line.Begin("BDAT "u8).Append(long.MaxValue).Append(" LAST"u8).End(SmtpStage.Content)));
        Assert.Equal("AUTH PLAIN AGEAYg==\r\n", Text(_line.Begin("AUTH PLAIN "u8).AppendBase64("\0a\0b"u8).End(SmtpStage.Auth)));
    }

    [Theory]
    [InlineData("a\r\nRCPT TO:<x@example.com>")]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    public void Refuses_what_would_end_the_line_early(string text)
    {
        var fault = Assert.Throws<SmtpCommandFormatException>(() => _line.Begin("EHLO "u8).Append(text).End(SmtpStage.Ehlo));
        Assert.Equal("SmtpCommandUnsafe", fault.ErrorId);
        Assert.Equal(SmtpStage.Ehlo, fault.Stage);
        Assert.Equal(MailErrorKind.InvalidInput, fault.Kind);
    }

    [Fact]
    public void Allows_512_octets_with_the_line_end_and_no_more()
    {
        Assert.Equal(512, _line.Begin("EHLO "u8).Append(new string('a', 505)).End(SmtpStage.Ehlo).Length);
        var fault = Assert.Throws<SmtpCommandFormatException>(
            () => _line.Begin("EHLO "u8).Append(new string('a', 506)).End(SmtpStage.Ehlo));
        Assert.Equal("SmtpCommandTooLong", fault.ErrorId);
    }

    [Fact]
    public void Counts_octets_not_characters() =>
        Assert.Throws<SmtpCommandFormatException>(
            () => _line.Begin("MAIL FROM:<"u8).Append(new string('ü', 300)).End(SmtpStage.MailFrom));

    private static string Text(ReadOnlySpan<byte> octets) => Encoding.UTF8.GetString(octets);
}
