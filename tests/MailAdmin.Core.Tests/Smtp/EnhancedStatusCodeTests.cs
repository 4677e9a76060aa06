using MailAdmin.Smtp;

namespace MailAdmin.Tests.Smtp;

public sealed class EnhancedStatusCodeTests
{
    [Theory]
    [InlineData("2.0.0", 2, 0, 0)]
    [InlineData("5.7.139 Authentication unsuccessful", 5, 7, 139)]
    [InlineData("4.999.999 x", 4, 999, 999)]
    public void Reads_the_start_of_a_text(string text, int codeClass, int subject, int detail)
    {
        Assert.True(EnhancedStatusCode.TryReadPrefix(text, out var code));
        Assert.Equal(new EnhancedStatusCode(codeClass, subject, detail), code);
        Assert.StartsWith(code.ToString(), text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5.7")]
    [InlineData("5.7.")]
    [InlineData("5..1")]
    [InlineData("5.7.1x")]
    [InlineData("5.7.1.2")]
    [InlineData("3.0.0 wait")]
    [InlineData("55.7.1")]
    [InlineData("5.1000.1")]
    [InlineData("5.1.1000")]
    [InlineData(" 5.7.1")]
    [InlineData("Error 5.7.1")]
    public void Takes_nothing_else_for_a_code(string text) =>
        Assert.False(EnhancedStatusCode.TryReadPrefix(text, out _));
}
