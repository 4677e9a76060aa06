using MailAdmin.Cli.Output;

namespace MailAdmin.Cli.Tests.Output;

public sealed class PlainTests
{
    [Theory]
    [InlineData("\e]0;owned\a", " ]0;owned ")]
    [InlineData("two\r\nlines", "two  lines")]
    [InlineData("\u009B2J", " 2J")]
    [InlineData("exe.\u202Egpj", "exe. gpj")]
    [InlineData("Übersicht 売上 📈", "Übersicht 売上 📈")]
    public void A_line_commands_no_terminal(string text, string plain) => Assert.Equal(plain, Plain.Line(text));
}
