using MailAdmin.Addressing;

namespace MailAdmin.Tests.Addressing;

public sealed class EncodedWordDecoderTests
{
    [Theory]
    // RFC 2047 section 8
    [InlineData("=?ISO-8859-1?Q?a?=", "a")]
    [InlineData("=?ISO-8859-1?Q?a?= b", "a b")]
    [InlineData("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab")]
    [InlineData("=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=", "ab")]
    [InlineData("=?ISO-8859-1?Q?a_b?=", "a b")]
    [InlineData("=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a b")]
    [InlineData("=?US-ASCII?Q?Keith_Moore?=", "Keith Moore")]
    [InlineData("=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?=", "Keld Jørn Simonsen")]
    [InlineData("=?ISO-8859-1?Q?Andr=E9?= Pirard", "André Pirard")]
    [InlineData(
        "=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?= =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=",
        "If you can read this you understand the example.")]
    [InlineData("=?iso-8859-8?b?7eXs+SDv4SDp7Oj08A==?=", "םולש ןב ילטפנ")]
    // RFC 2231 section 5
    [InlineData("=?US-ASCII*EN?Q?Keith_Moore?=", "Keith Moore")]
    // Japanese, as Outlook sends it
    [InlineData("=?iso-2022-jp?B?GyRCRnxLXDhsGyhC?=", "日本語")]
    [InlineData("=?shift_jis?B?k/qWe4zq?=", "日本語")]
    // Broken in the ways of the real world
    [InlineData("=?utf-8?Q?=E3=81?= =?utf-8?Q?=82?=", "あ")]
    [InlineData("=?utf-8?B?w6Q?=", "ä")]
    [InlineData("=?utf-8?Q?a b?=", "a b")]
    [InlineData("=?utf-8?Q?a?==?utf-8?Q?b?=", "ab")]
    [InlineData("x=?utf-8?Q?=C3=A4?=y", "xäy")]
    [InlineData("=?utf-8?Q?=ZZ=4?=", "=ZZ=4")]
    [InlineData("=?utf-8?Q??=", "")]
    [InlineData("=?utf-8?Q?=0D=0A=00?=", "\uFFFD\uFFFD\uFFFD")]
    // No encoded words
    [InlineData("=?nonsense-99?Q?a?=", "=?nonsense-99?Q?a?=")]
    [InlineData("=?utf-8?X?a?=", "=?utf-8?X?a?=")]
    [InlineData("=?utf-8?Q?a", "=?utf-8?Q?a")]
    [InlineData("=?utf-8?Q?=?utf-8?Q?b?=", "=?utf-8?Q?b")]
    [InlineData("a =? b ?= c", "a =? b ?= c")]
    public void Decodes(string text, string expected) => Assert.Equal(expected, EncodedWordDecoder.Decode(text));

    [Fact]
    public void Mutated_words_are_decoded_or_left()
    {
        string[] originals =
        [
            "=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?= and =?utf-8?B?w4RwZmVs?= =?utf-8*de?Q?=C3=A4?=",
            "=?iso-2022-jp?B?GyRCRnxLXDhsGyhC?= =?gb18030?B?1tDOxA==?= =?utf-16?B?AGEAYg==?=",
        ];
        foreach (var text in Mutations.OfText(originals, 100_000, seed: 2))
        {
            Assert.DoesNotContain('\0', EncodedWordDecoder.Decode(text.Replace('\0', ' ')));
        }
    }
}
