using MailAdmin.Mime;

namespace MailAdmin.Tests.Mime;

public sealed class TextPartTests
{
    private static readonly WireFormat EightBit = new(EightBit: true, Utf8Headers: false);

    [Theory]
    [InlineData("plain", "7bit", "plain\r\n")]
    [InlineData("", "7bit", "")]
    [InlineData("a\nb\rc\r\nd", "7bit", "a\r\nb\r\nc\r\nd\r\n")]
    [InlineData(".\r\n..\r\n", "7bit", ".\r\n..\r\n")]
    [InlineData("trailing \r\n", "quoted-printable", "trailing=20\r\n")]
    [InlineData("From me\r\n", "quoted-printable", "=46rom me\r\n")]
    [InlineData("x From me\r\n", "7bit", "x From me\r\n")]
    [InlineData("bell \u0007\r\n", "quoted-printable", "bell =07\r\n")]
    [InlineData("nul \0\r\n", "quoted-printable", "nul =00\r\n")]
    [InlineData("naïve\r\n", "quoted-printable", "na=C3=AFve\r\n")]
    [InlineData("日本語\r\n", "base64", "5pel5pys6KqeDQo=\r\n")]
    public async Task Takes_the_cheapest_encoding_that_loses_nothing(string text, string encoding, string body) =>
        AssertBody(await Composed.WriteAsync(Composed.Draft with { TextBody = text }), encoding, body);

    [Fact]
    public async Task Half_a_surrogate_pair_becomes_a_replacement_character() =>
        AssertBody(
            await Composed.WriteAsync(Composed.Draft with { TextBody = "half a \uD800 character" }),
            "quoted-printable",
            "half a =EF=BF=BD character\r\n");

    [Theory]
    [InlineData("naïve\r\n", "8bit", "naïve\r\n")]
    [InlineData("plain\r\n", "7bit", "plain\r\n")]
    [InlineData("a naïve text \r\n", "quoted-printable", "a na=C3=AFve text=20\r\n")]
    public async Task Uses_8_bits_where_the_server_takes_them(string text, string encoding, string body) =>
        AssertBody(await Composed.WriteAsync(Composed.Draft with { TextBody = text }, EightBit), encoding, body);

    [Theory]
    [InlineData(998, "7bit")]
    [InlineData(999, "quoted-printable")]
    public async Task Long_lines_go_as_they_are_up_to_the_limit(int length, string encoding)
    {
        var wire = await Composed.WriteAsync(Composed.Draft with { TextBody = new string('x', length) + "\r\n" });
        Assert.Contains($"Content-Transfer-Encoding: {encoding}\r\n", wire, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BodyEncoding.QuotedPrintable, "quoted-printable", "plain\r\n")]
    [InlineData(BodyEncoding.Base64, "base64", "cGxhaW4=\r\n")]
    public async Task Follows_a_wish(BodyEncoding wish, string encoding, string body) =>
        AssertBody(
            await Composed.WriteAsync(Composed.Draft with { TextBody = "plain", BodyEncoding = wish }), encoding, body);

    [Fact]
    public async Task Says_whether_it_used_8_bits()
    {
        var message = Composed.Build(Composed.Draft with { TextBody = "ä", HtmlBody = "<p>" });
        await using var seven = await message.PrepareAsync(default, CancellationToken.None);
        await using var eight = await message.PrepareAsync(EightBit, CancellationToken.None);
        Assert.False(seven.IsEightBit);
        Assert.True(eight.IsEightBit);
        Assert.Contains(
            "multipart/alternative;\r\n boundary=\"=_abababababababababababababababab_1\"\r\n" +
            "Content-Transfer-Encoding: 8bit\r\n",
            System.Text.Encoding.UTF8.GetString(await Composed.OctetsAsync(message, EightBit)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_boundary_never_occurs_in_a_part()
    {
        var text = "--=_abababababababababababababababab_1\r\n=_abababababababababababababababac";
        var wire = await Composed.WriteAsync(Composed.Draft with { TextBody = text, HtmlBody = "<p>" });
        Assert.Contains("boundary=\"=_abababababababababababababababad_1\"", wire, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_the_text_the_wire_rules_hold()
    {
        var texts = new List<string>();
        Samples.Hold(Samples.BodyText, texts.Add);
        foreach (var text in texts)
        {
            var subject = text.ReplaceLineEndings("").Replace('\0', ' ').Replace('\r', ' ');
            var draft = Composed.Draft with { Subject = subject, TextBody = text };
            await Composed.OctetsAsync(Composed.Build(draft));
            await Composed.OctetsAsync(Composed.Build(draft with { HtmlBody = text }), EightBit);
        }
    }

    private static void AssertBody(string wire, string encoding, string body)
    {
        var split = wire.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.Contains($"Content-Transfer-Encoding: {encoding}\r\n", wire[..(split + 2)], StringComparison.Ordinal);
        Assert.Equal(body, wire[(split + 4)..]);
    }
}
