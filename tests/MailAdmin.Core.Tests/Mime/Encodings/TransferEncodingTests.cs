using System.Text;
using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Encodings;

namespace MailAdmin.Tests.Mime.Encodings;

public sealed class TransferEncodingTests
{
    [Fact]
    public void Quoted_printable_brings_octets_back() => Samples.Hold(Samples.Octets, (octets, piece) =>
    {
        var encoded = Run(new QuotedPrintableTransform(endLine: false), octets, piece);
        AssertLines(encoded);
        Assert.Equal(octets, Run(new QuotedPrintableDecoder(), encoded, piece));
        Assert.Equal(encoded, Run(new QuotedPrintableTransform(endLine: false), octets, 1000));
    });

    [Fact]
    public void Base64_brings_octets_back() => Samples.Hold(Samples.Octets, (octets, piece) =>
    {
        var encoded = Run(new Base64Transform(endLine: false), octets, piece);
        AssertLines(encoded);
        Assert.Equal(Base64Lines.EncodedLength(octets.Length), encoded.Length);
        Assert.Equal(
            Convert.ToBase64String(octets),
            Encoding.ASCII.GetString(encoded).Replace("\r\n", "", StringComparison.Ordinal));
        Assert.Equal(octets, Run(new Base64Decoder(), encoded, piece));
    });

    [Fact]
    public void Line_ends_become_crlf_however_the_text_is_cut() => Samples.Hold(Samples.BodyText, (text, piece) =>
    {
        var normalised = Run(new LineEndTransform(endLine: false), Encoding.UTF8.GetBytes(text), piece);
        Assert.Equal(ToCrLf(text), Encoding.UTF8.GetString(normalised));
    });

    [Theory]
    [InlineData("a b", "a b")]
    [InlineData("a \r\nb\t\r\n", "a=20\r\nb=09\r\n")]
    [InlineData("a ", "a=20")]
    [InlineData("a  \r\n", "a =20\r\n")]
    [InlineData("a=b", "a=3Db")]
    [InlineData("ä", "=C3=A4")]
    [InlineData("From x\r\nFrom y", "=46rom x\r\n=46rom y")]
    [InlineData(".\r\n..\r\n", "=2E\r\n=2E.\r\n")]
    [InlineData("a\rb\nc", "a=0Db=0Ac")]
    public void Quoted_printable_escapes_what_would_be_lost(string text, string expected) =>
        Assert.Equal(
            expected,
            Encoding.ASCII.GetString(Run(new QuotedPrintableTransform(false), Encoding.UTF8.GetBytes(text), 100)));

    [Theory]
    // RFC 2045 section 6.7
    [InlineData(
        "Now's the time =\r\nfor all folk to come=\r\n to the aid of their country.",
        "Now's the time for all folk to come to the aid of their country.")]
    [InlineData("a=  \r\nb", "ab")]
    [InlineData("a  \r\nb", "a\r\nb")]
    [InlineData("a \t", "a")]
    [InlineData("a\nb\rc", "a\r\nb\r\nc")]
    [InlineData("=c3=A4", "ä")]
    [InlineData("=ZZ = 1 =4", "=ZZ = 1 =4")]
    [InlineData("==41", "=A")]
    [InlineData("=", "=")]
    [InlineData("ä", "ä")]
    public void Quoted_printable_is_read_with_patience(string encoded, string expected)
    {
        foreach (var piece in new[] { 1, 2, 100 })
        {
            Assert.Equal(
                expected,
                Encoding.UTF8.GetString(Run(new QuotedPrintableDecoder(), Encoding.UTF8.GetBytes(encoded), piece)));
        }
    }

    [Theory]
    [InlineData("YWJj", "abc")]
    [InlineData("YW Jj\r\nZA==", "abcd")]
    [InlineData("YWJjZA", "abcd")]
    [InlineData("YQ==YmM=", "abc")]
    [InlineData("!Y#W$J%j&", "abc")]
    public void Base64_is_read_with_patience(string encoded, string expected) =>
        Assert.Equal(expected, Encoding.ASCII.GetString(Run(new Base64Decoder(), Encoding.ASCII.GetBytes(encoded), 1)));

    [Fact]
    public void Mutated_encodings_are_decoded_somehow()
    {
        byte[][] originals =
            ["Now's the time =\r\nfor all =C3=A4  \r\n"u8.ToArray(), "YWJjZGVm\r\nZ2g=\r\n"u8.ToArray()];
        foreach (var octets in Mutations.Of(originals, 100_000, seed: 3))
        {
            Assert.True(Run(new QuotedPrintableDecoder(), octets, 5).Length <= octets.Length * 2);
            Assert.True(Run(new Base64Decoder(), octets, 5).Length <= octets.Length);
        }
    }

    private static byte[] Run(OctetTransform transform, byte[] octets, int piece)
    {
        using var buffer = new WireBuffer(256);
        foreach (var part in octets.Chunk(piece))
        {
            transform.Feed(part, buffer);
        }

        transform.Finish(buffer);
        return buffer.Written.ToArray();
    }

    private static void AssertLines(byte[] encoded)
    {
        Assert.True(Ascii.IsValid(encoded));
        foreach (var line in Encoding.ASCII.GetString(encoded).Split("\r\n"))
        {
            Assert.True(line.Length <= 76);
            Assert.Equal(line.TrimEnd(), line);
            Assert.DoesNotContain('\r', line);
            Assert.DoesNotContain('\n', line);
        }
    }

    private static string ToCrLf(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
            .Replace("\n", "\r\n", StringComparison.Ordinal);
}
