using MailAdmin.Addressing;

namespace MailAdmin.Tests.Addressing;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("user@example.com", "user@example.com")]
    [InlineData("\"a b\"@example.com", "\"a b\"@example.com")]
    [InlineData("user@bücher.example", "user@xn--bcher-kva.example")]
    [InlineData("user@[192.0.2.1]", "user@[192.0.2.1]")]
    public void Reads_a_valid_address(string text, string wire) =>
        Assert.Equal(wire, EmailAddress.Parse(text).ToWireString());

    [Theory]
    [InlineData("")]
    [InlineData("user")]
    [InlineData("@example.com")]
    [InlineData("a b@example.com")]
    [InlineData("user@")]
    [InlineData("user@-x.example")]
    [InlineData("user@example.com\r\nRCPT TO:<x@example.com>")]
    public void Refuses_what_is_no_address(string text) =>
        Assert.Throws<AddressFormatException>(() => EmailAddress.Parse(text));
}
