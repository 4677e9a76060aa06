using System.Text;
using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Dkim;
using MailAdmin.Mime.Headers;
using MailAdmin.Tests.Mime.Headers;

namespace MailAdmin.Tests.Mime.Dkim;

public sealed class CanonicalisationTests
{
    // RFC 6376 section 3.4.5
    [Fact]
    public void Relaxes_header_fields_as_in_the_rfc()
    {
        var fields = HeaderFixture.Parse("A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n", int.MaxValue).Fields;
        using var buffer = new WireBuffer(16);
        foreach (var field in fields)
        {
            RelaxedHeader.Append(buffer, field);
        }

        Assert.Equal("a:X\r\nb:Y Z\r\n", Encoding.ASCII.GetString(buffer.Written));
    }

    [Theory]
    // RFC 6376 sections 3.4.5 and 3.4.4
    [InlineData(" C \r\nD \t E\r\n\r\n\r\n", " C\r\nD E\r\n")]
    [InlineData("", "")]
    [InlineData("\r\n\r\n", "")]
    [InlineData(" \t\r\n \r\n", "")]
    [InlineData("a", "a\r\n")]
    [InlineData("a\r\n", "a\r\n")]
    [InlineData("\r\n\r\na  b\tc \t d\r\n \r\n\r\n e\r\n", "\r\n\r\na b c d\r\n\r\n\r\n e\r\n")]
    public void Relaxes_bodies_however_they_come(string body, string expected)
    {
        foreach (var size in new[] { 1, 2, 3, 1000 })
        {
            using var buffer = new WireBuffer(16);
            var state = default(RelaxedBody);
            foreach (var piece in Encoding.ASCII.GetBytes(body).Chunk(size))
            {
                state.Feed(piece, buffer);
            }

            state.Finish(buffer);
            Assert.Equal(expected, Encoding.ASCII.GetString(buffer.Written));
        }
    }
}
