using System.Text;
using MailAdmin.Mime;

namespace MailAdmin.Tests.Mime;

public sealed class MessageOutlineTests
{
    private const string Nested = """
        Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=
        Content-Type: multipart/mixed; boundary="a b"

        preamble
        --a b
        Content-Type: multipart/alternative; boundary=inner

        --inner

        text
        --inner
        Content-Type: text/html

        <p>html</p>
        --inner--
        --a b
        Content-Type: application/pdf; name*=utf-8''%C3%9Cbersicht.pdf
        Content-Disposition: attachment

        --a bc is no delimiter
        --a b--
        epilogue
        --a b

        behind the end
        """;

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Shows_the_parts_within_parts(string lineEnd)
    {
        var outline = Read(Nested.Replace("\n", lineEnd, StringComparison.Ordinal));

        Assert.Equal("Grüße", outline["subject"]);
        Assert.Equal("multipart/mixed", outline.ContentType);
        Assert.Equal(["multipart/alternative", "application/pdf"], outline.Parts.Select(part => part.ContentType));
        Assert.Equal(["text/plain", "text/html"], outline.Parts[0].Parts.Select(part => part.ContentType));
        Assert.Equal([4L, 11L], outline.Parts[0].Parts.Select(part => part.Size));
        Assert.Equal("Übersicht.pdf", outline.Parts[1].FileName);
    }

    [Fact]
    public void A_message_without_parts_is_its_own_content()
    {
        var outline = Read("From: a@example.com\r\n\r\nHello\r\n");

        Assert.Equal(("text/plain", 7L), (outline.ContentType, outline.Size));
        Assert.Empty(outline.Parts);
        Assert.Null(outline.FileName);
        Assert.Null(outline["Subject"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no header at all")]
    [InlineData("Content-Type: multipart/mixed; boundary=x\r\n\r\nnever begun\r\n")]
    [InlineData("Content-Type: multipart/mixed\r\n\r\n--x\r\n\r\n--x--\r\n")]
    public void What_is_malformed_has_no_parts(string message) => Assert.Empty(Read(message).Parts);

    [Fact]
    public void A_part_that_never_ends_reaches_to_the_end() =>
        Assert.Equal(5, Assert.Single(Read("Content-Type: multipart/mixed; boundary=x\n\n--x\n\ntext\n").Parts).Size);

    [Fact]
    public void Nesting_ends_somewhere()
    {
        var message = new StringBuilder();
        for (var level = 0; level < 1000; level++)
        {
            message.Append("Content-Type: multipart/mixed; boundary=b").Append(level).Append("\n\n--b").Append(level)
                .Append('\n');
        }

        var depth = 0;
        for (var part = Read(message.ToString()); part.Parts.Count > 0; part = part.Parts[0])
        {
            depth++;
        }

        Assert.Equal(16, depth);
    }

    [Fact]
    public async Task Headers_alone_are_read_from_a_stream_without_its_body()
    {
        using var message = new MemoryStream(
            Encoding.ASCII.GetBytes($"Subject: x\r\nTo: a@example.com\r\n\r\n{new string('x', 100_000)}"));

        var headers = await MessageOutline.ReadHeadersAsync(message, CancellationToken.None);

        Assert.Equal(["Subject", "To"], headers.Select(header => header.Name));
        Assert.True(message.Position < 50_000);
    }

    [Fact]
    public void Mutations_of_a_message_are_read_all_the_same()
    {
        var random = new Random(20261122);
        var original = Encoding.UTF8.GetBytes(Nested);
        for (var round = 0; round < 100_000; round++)
        {
            var octets = original.ToArray();
            for (var change = random.Next(1, 8); change > 0; change--)
            {
                octets[random.Next(octets.Length)] = (byte)random.Next(256);
            }

            Assert.True(MessageOutline.Read(octets.AsMemory(0, random.Next(octets.Length + 1))).Size <= octets.Length);
        }
    }

    private static MessageOutline Read(string message) => MessageOutline.Read(Encoding.UTF8.GetBytes(message));
}
