using MailAdmin.Addressing;

namespace MailAdmin.Tests.Addressing;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("user@example.com", "user@example.com")]
    [InlineData("\"a b\"@example.com", "\"a b\"@example.com")]
    [InlineData("\"plain\"@example.com", "plain@example.com")]
    [InlineData("\"a\\\"b\\\\c\"@example.com", "\"a\\\"b\\\\c\"@example.com")]
    [InlineData("\"a\\@b@c\"@example.com", "\"a@b@c\"@example.com")]
    [InlineData("\"\"@example.com", "\"\"@example.com")]
    [InlineData("user@bücher.example", "user@xn--bcher-kva.example")]
    [InlineData("user@[192.0.2.1]", "user@[192.0.2.1]")]
    [InlineData("user@[IPv6:2001:db8::1]", "user@[IPv6:2001:db8::1]")]
    [InlineData("用户@例え.テスト", "用户@xn--r8jz45g.xn--zckzah")]
    public void Reads_a_valid_address(string text, string wire) =>
        Assert.Equal(wire, EmailAddress.Parse(text).ToWireString());

    [Theory]
    [InlineData("")]
    [InlineData("user")]
    [InlineData("@example.com")]
    [InlineData("a b@example.com")]
    [InlineData(".a@example.com")]
    [InlineData("a.@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData("user@")]
    [InlineData("user@-x.example")]
    [InlineData("user@exa mple.com")]
    [InlineData(" user@example.com")]
    [InlineData("user@example.com ")]
    [InlineData("us\u200Ber@example.com")]
    [InlineData("us\u00A0er@example.com")]
    [InlineData("us\ter@example.com")]
    [InlineData("us\u0085er@example.com")]
    [InlineData("us\uD800er@example.com")]
    [InlineData("\"a\"b\"@example.com")]
    [InlineData("\"a\\\"@example.com")]
    [InlineData("\"@example.com")]
    [InlineData("user@example.com\r\nRCPT TO:<x@example.com>")]
    [InlineData("user\0@example.com")]
    public void Refuses_what_is_no_address(string text) =>
        Assert.Throws<AddressFormatException>(() => EmailAddress.Parse(text));

    [Fact]
    public void Takes_parts_up_to_their_limits()
    {
        var local = new string('l', 64);
        var domain = string.Join('.', new string('a', 63), new string('b', 63), new string('c', 61));
        Assert.Equal(254, EmailAddress.Parse($"{local}@{domain}").ToWireString().Length);
        Assert.Contains("254", Fault($"{local}@{domain}d"), StringComparison.Ordinal);
        Assert.Contains("64", Fault($"{local}l@example.com"), StringComparison.Ordinal);
        Assert.Contains("63", Fault($"a@{new string('a', 64)}.example"), StringComparison.Ordinal);
        Assert.Contains("255", Fault($"a@{domain}.{domain}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Knows_when_the_server_must_offer_smtputf8()
    {
        Assert.True(EmailAddress.Parse("jürgen@example.com").RequiresSmtpUtf8);
        Assert.False(EmailAddress.Parse("juergen@bücher.example").RequiresSmtpUtf8);
    }

    private static string Fault(string text) =>
        EmailAddress.TryParse(text, out _, out var reason) ? "" : reason;
}
