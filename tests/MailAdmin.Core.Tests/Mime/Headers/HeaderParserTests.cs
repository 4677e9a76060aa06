using System.Text;
using MailAdmin.Mime;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Tests.Mime.Headers;

public sealed class HeaderParserTests
{
    private const string Section =
        "Received: from a.example\r\n by b.example;\r\n\tMon, 2 Feb 2026 10:11:12 +0900\r\n" +
        "Subject : =?utf-8?Q?=C3=A4?=\r\n =?utf-8?Q?b?= \r\nEmpty:\r\nTo:x@x.test\r\n\r\n";

    private static readonly int[] PieceLengths = [1, 2, 3, 7, 1000];

    [Fact]
    public void Splits_a_section_however_it_comes()
    {
        foreach (var piece in PieceLengths)
        {
            var parser = HeaderFixture.Parse(Section + "body: no", piece);
            Assert.Equal(
                ["Received@1", "Subject@4", "Empty@6", "To@7"], parser.Fields.Select(f => $"{f.Name}@{f.Line}"));
            Assert.Equal(
                ["from a.example by b.example;\tMon, 2 Feb 2026 10:11:12 +0900", "äb", "", "x@x.test"],
                parser.Fields.Select(f => f.Value));
            Assert.Equal(Section.Length, parser.Length);
            Assert.Equal(9, parser.Line);
            Assert.Equal(0, parser.MalformedLine);
        }
    }

    [Theory]
    [InlineData("A: 1\nB: 2\n 3\n\nbody", 14)]
    [InlineData("A: 1\rB: 2\r 3\r\rbody", 14)]
    [InlineData("A: 1\rB: 2\n 3\r\n\rbody", 15)]
    [InlineData("A: 1\nB: 2\n 3", 12)]
    [InlineData("A: 1\nB: 2\n 3\r", 13)]
    public void Takes_lines_of_all_ends(string text, int length)
    {
        foreach (var piece in PieceLengths)
        {
            var parser = HeaderFixture.Parse(text, piece);
            Assert.Equal(["A=1", "B=2 3"], parser.Fields.Select(f => $"{f.Name}={f.Value}"));
            Assert.Equal(length, parser.Length);
        }
    }

    [Theory]
    [InlineData("A: 1\r\nno colon\r\nB: 2\r\n\r\n", 2, 1)]
    [InlineData(" A: 1\r\n\r\n", 1, 0)]
    [InlineData(": 1\r\n\r\n", 1, 0)]
    [InlineData("A: 1\r\nä: 2\r\n\r\n", 2, 1)]
    [InlineData("A: 1\r\nb c: 2\r\n\r\n", 2, 1)]
    [InlineData("A: 1\r\nFrom x\r\n\r\n", 2, 1)]
    public void Stops_at_a_line_that_is_no_field(string text, int line, int fields)
    {
        foreach (var piece in PieceLengths)
        {
            var parser = HeaderFixture.Parse(text, piece);
            Assert.Equal(line, parser.MalformedLine);
            Assert.Equal(fields, parser.Fields.Count);
            Assert.Equal(fields * 6, parser.Length);
        }
    }

    [Fact]
    public void Passes_over_an_mbox_line()
    {
        foreach (var piece in PieceLengths)
        {
            var parser = HeaderFixture.Parse("From x@x.test Mon Feb  2\r\nA: 1\r\n\r\n", piece);
            Assert.Equal("A", Assert.Single(parser.Fields).Name);
            Assert.Equal(26, parser.MboxLineLength);
        }
    }

    [Fact]
    public void Reads_unencoded_octets_as_utf8_or_else_as_windows_1252()
    {
        Assert.Equal("ä€", HeaderFixture.Parse("A: ä€\r\n\r\n"u8.ToArray(), 1).Fields[0].Value);
        Assert.Equal("ä€", HeaderFixture.Parse([.. "A: "u8, 0xE4, 0x80], 1).Fields[0].Value);
    }

    [Fact]
    public void Has_a_limit()
    {
        var parser = new HeaderParser(maxOctets: 100);
        var fault = Assert.Throws<MessageException>(() =>
        {
            for (var i = 0; i < 30; i++)
            {
                parser.Feed("A: 1\r\n"u8);
            }
        });
        Assert.Equal("MessageHeaderTooLarge", fault.ErrorId);
    }

    [Theory]
    // RFC 2231 sections 3 and 4
    [InlineData(
        "message/external-body; access-type=URL; URL*0=\"ftp://\"; " +
            "URL*1=\"cs.utk.edu/pub/moore/bulk-mailer/bulk-mailer.tar\"",
        "url", "ftp://cs.utk.edu/pub/moore/bulk-mailer/bulk-mailer.tar")]
    [InlineData(
        "application/x-stuff; title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A",
        "title", "This is ***fun***")]
    [InlineData(
        "application/x-stuff; title*0*=us-ascii'en'This%20is%20even%20more%20; " +
            "title*1*=%2A%2A%2Afun%2A%2A%2A%20; title*2=\"isn't it!\"",
        "title", "This is even more ***fun*** isn't it!")]
    // As others write
    [InlineData("a/b; name=\"=?utf-8?B?w6QudHh0?=\"", "name", "ä.txt")]
    [InlineData("a/b; filename=x.txt; filename*=utf-8''%C3%A4.txt", "filename", "ä.txt")]
    [InlineData("a/b; filename*=utf-8''%C3%A4.txt; filename=x.txt", "filename", "ä.txt")]
    [InlineData("a/b; filename*1*=b; filename*0*=utf-8''%C3", "filename", "\uFFFDb")]
    [InlineData("a/b; filename*0=a; filename*2=c", "filename", "a")]
    [InlineData("a/b; name=ä b.txt ; x", "name", "ä b.txt")]
    [InlineData("a/b; name=\"a;b\\\"c\\\\d\"", "name", "a;b\"c\\d")]
    [InlineData("a/b; name=\"C:\\dir\\x.txt\"", "name", "C:\\dir\\x.txt")]
    [InlineData("a/b (comment; name=no); (c) name (c) = (c) \" x \" (c)", "name", " x ")]
    [InlineData("a/b; name=\"open", "name", "open")]
    [InlineData("a/b; name=a; name=b", "name", "a")]
    [InlineData("a/b; name*=utf-8''%0D%0Ax", "name", "\uFFFD\uFFFDx")]
    [InlineData("a/b; name*=nonsense''%E4", "name", "ä")]
    public void Reads_parameters(string text, string name, string expected) =>
        Assert.Equal(expected, ContentField.Parse(text)[name]);

    [Fact]
    public void Mutated_sections_are_split_alike_however_they_come()
    {
        byte[][] originals =
        [
            Encoding.UTF8.GetBytes(Section),
            Encoding.UTF8.GetBytes(
                "Content-Type: a/b; n*0*=utf-8'en'%C3%A4;\r\n n*1=\"x\\\"y\"; m=z (c)\r\n" +
                "Content-Disposition: attachment\r\n\r\nX"),
        ];
        foreach (var octets in Mutations.Of(originals, 100_000, seed: 4))
        {
            var whole = HeaderFixture.Parse(octets, int.MaxValue);
            var bytes = HeaderFixture.Parse(octets, 1);
            Assert.Equal(whole.Length, bytes.Length);
            Assert.Equal(whole.MalformedLine, bytes.MalformedLine);
            Assert.Equal(whole.Fields.Count, bytes.Fields.Count);
            for (var i = 0; i < whole.Fields.Count; i++)
            {
                Assert.True(whole.Fields[i].Raw.Span.SequenceEqual(bytes.Fields[i].Raw.Span));
                Assert.NotNull(whole.Fields[i].Value);
                Assert.NotNull(whole.Fields[i].ToContentField().Value);
            }
        }
    }

    [Theory]
    [InlineData("a/b", ";")]
    [InlineData("a/b; n=", "\"")]
    [InlineData("a/b", "(")]
    [InlineData("a/b", "; n*0=x")]
    [InlineData("a/b; n*=utf-8''", "%")]
    public void Repeated_pieces_take_no_more_than_their_share_of_time(string start, string piece)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        ContentField.Parse(start + string.Concat(Enumerable.Repeat(piece, 100_000)));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"took {clock.Elapsed}");
    }
}
