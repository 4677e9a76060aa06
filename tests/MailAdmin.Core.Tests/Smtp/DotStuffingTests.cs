using System.Text;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.Smtp;

namespace MailAdmin.Tests.Smtp;

public sealed class DotStuffingTests
{
    [Theory]
    [InlineData("", ".\r\n")]
    [InlineData("x\r\n", "x\r\n.\r\n")]
    [InlineData(".\r\n", "..\r\n.\r\n")]
    [InlineData("..\r\n.x\r\nx.\r\n", "...\r\n..x\r\nx.\r\n.\r\n")]
    [InlineData("a\r\n.\r\n.\r\n", "a\r\n..\r\n..\r\n.\r\n")]
    [InlineData("no end", "no end\r\n.\r\n")]
    public async Task Doubles_dots_at_the_start_of_lines_and_ends_the_message(string content, string wire) =>
        Assert.Equal(wire, await WriteAsync(content, int.MaxValue, chunked: false));

    [Fact]
    public async Task Gives_the_same_octets_however_the_content_is_cut()
    {
        const string Content = ".a\r\n..\r\nb\r\n\r\n.\r\n.c.\r\n\r\n.";
        var whole = await WriteAsync(Content, int.MaxValue, chunked: false);
        for (var size = 1; size <= Content.Length; size++)
        {
            Assert.Equal(whole, await WriteAsync(Content, size, chunked: false));
        }
    }

    [Fact]
    public async Task Changes_nothing_in_a_chunk() =>
        Assert.Equal(".a\r\n.\r\n", await WriteAsync(".a\r\n.\r\n", 2, chunked: true));

    [Fact]
    public async Task Is_undone_by_the_rule_of_the_receiver()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 2_000; round++)
        {
            var content = new StringBuilder();
            for (var lines = random.Next(12); lines > 0; lines--)
            {
                for (var octets = random.Next(5); octets > 0; octets--)
                {
                    content.Append(random.Next(3) == 0 ? 'x' : '.');
                }

                content.Append("\r\n");
            }

            var wire = await WriteAsync(content.ToString(), 1 + random.Next(9), chunked: false);
            var received = new StringBuilder();
            var left = wire.Split("\r\n").AsEnumerable().GetEnumerator();
            while (left.MoveNext() && left.Current != ".")
            {
                received.Append(left.Current.StartsWith('.') ? left.Current[1..] : left.Current).Append("\r\n");
            }

            Assert.Equal(content.ToString(), received.ToString());
            Assert.True(
                left.MoveNext() && left.Current == "" && !left.MoveNext(), "Something stands behind the final dot.");
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Refuses_content_of_another_length_than_announced(int difference)
    {
        const string Content = "some content\r\n";
        await using var connection = new Connection(new MemoryStream(), "host", null, null);
        await using var client = new SmtpClient(connection, new SmtpTimeouts());
        var message = new TextMessage(Content, 3) { ClaimedLength = Content.Length + difference };
        var prepared = await message.PrepareAsync(default, CancellationToken.None);
        var fault = await Assert.ThrowsAsync<MessageException>(
            async () => await client.WriteContentAsync(prepared, chunked: false, null, CancellationToken.None));
        Assert.Equal("MessageSizeChanged", fault.ErrorId);
    }

    private static async Task<string> WriteAsync(string content, int pieceSize, bool chunked)
    {
        var stream = new MemoryStream();
        await using var connection = new Connection(stream, "host", null, null);
        await using var client = new SmtpClient(connection, new SmtpTimeouts());
        var prepared = await new TextMessage(content, pieceSize).PrepareAsync(default, CancellationToken.None);
        await client.WriteContentAsync(prepared, chunked, null, CancellationToken.None);
        await connection.FlushAsync(TimeSpan.FromSeconds(20), CancellationToken.None);
        return Encoding.Latin1.GetString(stream.ToArray());
    }
}
