using System.Diagnostics;
using MailAdmin.Addressing;

namespace MailAdmin.Tests.Addressing;

public sealed class MailboxTests
{
    private static readonly string[] Lists =
    [
        "Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>",
        "<boss@nil.test>, \"Giant; \\\"Big\\\" Box\" <sysservices@example.net>",
        "A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;",
        "Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>",
        "Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example",
        "=?utf-8?B?w4RwZmVs?= =?iso-8859-1?Q?_K=E4se?= <k@bücher.example>; \"ü\" <用户@例え.テスト>",
        "a@[IPv6:2001:db8::1], \"a b\"@[192.0.2.1] (comment (nested))",
    ];

    [Theory]
    // RFC 5322 appendix A.1.1 to A.1.3, A.5, A.6.1, A.6.3
    [InlineData("John Doe <jdoe@machine.example>", "John Doe|jdoe@machine.example")]
    [InlineData("\"Joe Q. Public\" <john.q.public@example.com>", "Joe Q. Public|john.q.public@example.com")]
    [InlineData(
        "Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>",
        "Mary Smith|mary@x.test", "|jdoe@example.org", "Who?|one@y.test")]
    [InlineData(
        "<boss@nil.test>, \"Giant; \\\"Big\\\" Box\" <sysservices@example.net>",
        "|boss@nil.test", "Giant; \"Big\" Box|sysservices@example.net")]
    [InlineData(
        "A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;",
        "Ed Jones|c@a.test", "|joe@where.test", "John|jdoe@one.test")]
    [InlineData("Undisclosed recipients:;")]
    [InlineData("Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>", "Pete|pete@silly.test")]
    [InlineData(
        "A Group(Some people)     :Chris Jones <c@(Chris's host.)public.example>,    joe@example.org, " +
        "John <jdoe@one.test> (my dear friend); (the end of the group)",
        "Chris Jones|c@public.example", "|joe@example.org", "John|jdoe@one.test")]
    [InlineData("(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;")]
    [InlineData("Joe Q. Public <john.q.public@example.com>", "Joe Q. Public|john.q.public@example.com")]
    [InlineData(
        "Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example",
        "Mary Smith|mary@example.net", "|jdoe@test.example")]
    [InlineData("John Doe <jdoe@machine(comment).  example>", "John Doe|jdoe@machine.example")]
    // As people type them
    [InlineData("a@x.test; b@y.test;", "|a@x.test", "|b@y.test")]
    [InlineData("  a@x.test ", "|a@x.test")]
    [InlineData("\u00A0a@x.test\u00A0", "|a@x.test")]
    [InlineData("\"Last, First\" <a@x.test>", "Last, First|a@x.test")]
    [InlineData("a@x.test <a@x.test>", "a@x.test|a@x.test")]
    [InlineData("[EXT] O'Neil <a@x.test>", "[EXT] O'Neil|a@x.test")]
    [InlineData("a@x.test (Anna)", "Anna|a@x.test")]
    [InlineData("\"a b\"@x.test", "|\"a b\"@x.test")]
    [InlineData("a@[IPv6:2001:db8::1]", "|a@[IPv6:2001:db8::1]")]
    [InlineData("")]
    // Encoded words
    [InlineData("=?utf-8?B?w4RwZmVs?= =?iso-8859-1?Q?_K=E4se?= <k@x.test>", "Äpfel Käse|k@x.test")]
    [InlineData("\"=?utf-8?Q?M=C3=BCller=2C_Eva?=\" <e@x.test>", "Müller, Eva|e@x.test")]
    [InlineData("=?utf-8?Q?a=0D=0ABcc:_b?= <e@x.test>", "a\uFFFD\uFFFDBcc: b|e@x.test")]
    public void Reads_lists(string text, params string[] expected) =>
        Assert.Equal(expected, Mailbox.ParseList(text).Select(m => $"{m.DisplayName}|{m.Address}"));

    [Theory]
    [InlineData("Last, First <a@x.test>", "double quotes")]
    [InlineData("Anna <a@x.test", "no >")]
    [InlineData("a@x.test>", "'>'")]
    [InlineData("Anna <>", "between < and >")]
    [InlineData("<a@x.test> b", "next separator")]
    [InlineData("<a@x.test> <b@x.test>", "next separator")]
    [InlineData("\"Anna <a@x.test>", "quote")]
    [InlineData("(Anna <a@x.test>", "comment")]
    [InlineData("a b@x.test", "unquoted")]
    [InlineData("x: y: a@x.test;", "':'")]
    [InlineData("<@route>", "before the @")]
    [InlineData("a@x.test\r\nBcc: b@x.test", "line break")]
    public void Says_what_is_wrong_with_a_list(string text, string reason)
    {
        var fault = Assert.Throws<AddressFormatException>(() => Mailbox.ParseList(text));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_the_element_that_is_wrong() =>
        Assert.Equal("b", Assert.Throws<AddressFormatException>(() => Mailbox.ParseList("a@x.test, b, c@x.test")).Text);

    [Theory]
    [InlineData("")]
    [InlineData("a@x.test, b@x.test")]
    public void One_mailbox_is_neither_none_nor_two(string text) =>
        Assert.Throws<AddressFormatException>(() => Mailbox.Parse(text));

    [Fact]
    public void Mutated_lists_are_read_or_refused()
    {
        foreach (var text in Mutations.OfText(Lists, 100_000, seed: 1))
        {
            try
            {
                Mailbox.ParseList(text);
            }
            catch (AddressFormatException)
            {
                // Refused as documented.
            }
        }
    }

    [Theory]
    [InlineData("(")]
    [InlineData("\"")]
    [InlineData("<")]
    [InlineData("<@")]
    [InlineData("a ")]
    [InlineData("=?utf-8?Q?")]
    [InlineData("=?utf-8?Q?a?= ")]
    [InlineData("a:")]
    [InlineData(",")]
    public void Repeated_pieces_take_no_more_than_their_share_of_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 200_000));
        var clock = Stopwatch.StartNew();
        Mailbox.TryParse(text, out _, out _);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"took {clock.Elapsed}");
    }
}
