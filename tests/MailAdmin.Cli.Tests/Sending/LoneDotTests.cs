using System.Text;
using MailAdmin.Cli.Sending;

namespace MailAdmin.Cli.Tests.Sending;

public sealed class LoneDotTests
{
    [Theory]
    [InlineData("a\nb\n", "a\nb\n")]
    [InlineData("a\n.\nb\n", "a\n")]
    [InlineData("a\r\n.\r\nb\r\n", "a\r\n")]
    [InlineData("a\n.", "a\n")]
    [InlineData(".\n", "")]
    [InlineData("a\n..\n.b\nb.\n", "a\n..\n.b\nb.\n")]
    [InlineData("", "")]
    public void Cuts_at_a_line_with_a_single_dot(string content, string kept) =>
        Assert.Equal(kept, Encoding.ASCII.GetString(LoneDot.Cut(Encoding.ASCII.GetBytes(content)).Span));
}
