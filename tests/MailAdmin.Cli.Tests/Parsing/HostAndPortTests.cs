using MailAdmin.Cli.Parsing;

namespace MailAdmin.Cli.Tests.Parsing;

public sealed class HostAndPortTests
{
    [Theory]
    [InlineData("mail.example.com", "mail.example.com", null)]
    [InlineData("mail.example.com:587", "mail.example.com", 587)]
    [InlineData("192.0.2.1:25", "192.0.2.1", 25)]
    [InlineData("2001:db8::1", "2001:db8::1", null)]
    [InlineData("[2001:db8::1]", "2001:db8::1", null)]
    [InlineData("[2001:db8::1]:465", "2001:db8::1", 465)]
    [InlineData("localhost:65535", "localhost", 65535)]
    public void Reads_a_server(string text, string host, int? port) =>
        Assert.Equal(new HostAndPort(host, port), HostAndPort.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(":25")]
    [InlineData("mail example")]
    [InlineData("mail.example.com:")]
    [InlineData("mail.example.com:0")]
    [InlineData("mail.example.com:65536")]
    [InlineData("mail.example.com:smtp")]
    [InlineData("mail.example.com:+25")]
    [InlineData("smtp://mail.example.com")]
    [InlineData("[2001:db8::1]25")]
    [InlineData("mail\r\n.example.com")]
    public void Refuses_what_is_none(string text) =>
        Assert.Equal(ExitCode.Usage, Assert.Throws<CliException>(() => HostAndPort.Parse(text)).ExitCode);
}
