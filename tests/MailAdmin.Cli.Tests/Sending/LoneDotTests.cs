using System.Text;
using MailAdmin.Cli.Sending;

namespace MailAdmin.Cli.Tests.Sending;

public sealed class LoneDotTests
{
    [Theory]
    [InlineData("a\nb\n", "a\nb\n")]
    [InlineData("a\n.\nb\n", "a\n")]
    [InlineData("a\r\n.\r\nb\r\n", "a\r\n")]
    [InlineData("a\n.", "a\n")]
    [InlineData("a\n.\r", "a\n")]
    [InlineData(".\n", "")]
    [InlineData("a\n..\n.b\nb.\n", "a\n..\n.b\nb.\n")]
    [InlineData("a\n.\rb\n.\r\r\n", "a\n.\rb\n.\r\r\n")]
    [InlineData("a\n\n.\n", "a\n\n")]
    [InlineData("", "")]
    public void Ends_at_a_line_with_a_single_dot_however_the_octets_come(string content, string kept)
    {
        Assert.Equal(kept, Pass(content, content.Length));
        Assert.Equal(kept, Pass(content, 2));
        Assert.Equal(kept, Pass(content, 1));
    }

    private static string Pass(string content, int pieceLength)
    {
        var loneDot = new LoneDot();
        var kept = new StringBuilder();
        foreach (var piece in Encoding.ASCII.GetBytes(content).Chunk(Math.Max(1, pieceLength)))
        {
            var output = new byte[piece.Length + 2];
            kept.Append(Encoding.ASCII.GetString(output, 0, loneDot.Pass(piece, output)));
        }

        return kept.ToString();
    }
}
