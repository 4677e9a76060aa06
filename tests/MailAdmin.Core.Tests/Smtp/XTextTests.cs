using MailAdmin.Addressing;
using MailAdmin.Smtp;

namespace MailAdmin.Tests.Smtp;

public sealed class XTextTests
{
    [Theory]
    [InlineData("QQ314159", "QQ314159")]
    [InlineData("a+b=c d", "a+2Bb+3Dc+20d")]
    [InlineData("ü\r\n", "+C3+BC+0D+0A")]
    [InlineData("", "")]
    public void Encodes_what_may_not_stand_in_a_parameter(string text, string encoded) =>
        Assert.Equal(encoded, XText.Encode(text));

    [Theory]
    [InlineData("user+tag@example.com", "rfc822;user+2Btag@example.com")]
    [InlineData("\"a b\"@example.com", "rfc822;\"a+20b\"@example.com")]
    [InlineData("jörg+x@example.com", "utf-8;j\\x{F6}rg\\x{2B}x@example.com")]
    [InlineData("用户@例え.jp", "utf-8;\\x{7528}\\x{6237}@xn--r8jz45g.jp")]
    public void Writes_an_original_recipient(string address, string parameter) =>
        Assert.Equal(parameter, XText.OriginalRecipient(EmailAddress.Parse(address)));
}
