using MailAdmin.Addressing;

namespace MailAdmin.Tests.Addressing;

public sealed class MailboxListTests
{
    [Theory]
    [InlineData("anna@example.com", "anna@example.com")]
    [InlineData(" <anna@example.com> ", "anna@example.com")]
    [InlineData("Anna  Meyer <anna@example.com>", "Anna Meyer <anna@example.com>")]
    [InlineData("\"Meyer, Anna\" <anna@example.com>", "Meyer, Anna <anna@example.com>")]
    [InlineData("\"A \\\"B\\\" C\" <a@example.com>", "A \"B\" C <a@example.com>")]
    [InlineData("bob@example.com (Bob (the first))", "Bob (the first) <bob@example.com>")]
    [InlineData("Jürgen <jürgen@bücher.example>", "Jürgen <jürgen@bücher.example>")]
    [InlineData("\"a b\"@example.com", "\"a b\"@example.com")]
    [InlineData("<\"a>b\"@example.com>", "\"a>b\"@example.com")]
    [InlineData("user@[IPv6:2001:db8::1]", "user@[IPv6:2001:db8::1]")]
    [InlineData("X <@relay.example,@other.example:x@example.com>", "X <x@example.com>")]
    [InlineData("Anna <anna@example.com> (home)", "Anna <anna@example.com>")]
    public void Reads_one_mailbox_in_every_form(string text, string shown) =>
        Assert.Equal(shown, MailboxList.ParseOne(text).ToString());

    [Theory]
    [InlineData("a@example.com, b@example.com", 2)]
    [InlineData("a@example.com; b@example.com;", 2)]
    [InlineData("Team: a@example.com, B <b@example.com>;, c@example.com", 3)]
    [InlineData("undisclosed-recipients:;", 0)]
    [InlineData(" , ,", 0)]
    [InlineData("", 0)]
    public void Reads_lists_and_groups(string text, int count) => Assert.Equal(count, MailboxList.Parse(text).Count);

    [Theory]
    [InlineData("anna")]
    [InlineData("Anna anna@example.com")]
    [InlineData("Anna <anna@example.com")]
    [InlineData("\"Anna <anna@example.com>")]
    [InlineData("anna@example.com (home")]
    [InlineData("<anna@example.com> x")]
    [InlineData("<>")]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    [InlineData("a\0@example.com")]
    public void Refuses_what_is_malformed(string text) =>
        Assert.Throws<AddressFormatException>(() => MailboxList.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("a@example.com, b@example.com")]
    public void One_means_exactly_one(string text) =>
        Assert.Throws<AddressFormatException>(() => MailboxList.ParseOne(text));
}
