using System.Text;
using MailAdmin.Mime;
using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Eml;

namespace MailAdmin.Tests.Mime.Eml;

public sealed class ReencodingTests
{
    private const string Multipart =
        "From: a@x.test\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b 1\"\n" +
        "Content-Transfer-Encoding: 8bit\n\npreamble\n" +
        "--b 1\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\n\u00E4 text\n" +
        "--b 1\nContent-Type: image/png\nContent-Transfer-Encoding: binary\n\n\u0089PNG\0\n" +
        "--b 1  \n\nas it is =20\n--b 1--\nepilogue\n";

    [Fact]
    public async Task Only_the_parts_in_question_change()
    {
        var wire = await EmlFixture.SendAsync(EmlFixture.Octets(Multipart), reencode: true);
        Assert.Equal(
            """
            From: a@x.test
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="b 1"
            Content-Transfer-Encoding: 7bit

            preamble
            --b 1
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            =E4 text
            --b 1
            Content-Type: image/png
            Content-Transfer-Encoding: base64

            iVBORwA=
            --b 1  

            as it is =20
            --b 1--
            epilogue

            """.ReplaceLineEndings("\r\n"),
            wire);
    }

    [Fact]
    public async Task A_server_with_8bitmime_gets_8_bits_where_only_lines_are_too_long()
    {
        var octets = EmlFixture.Octets(
            "From: a@x.test\nContent-Type: multipart/mixed; boundary=b\n\n" +
            "--b\n\n\u00E4\n--b\n\n" + new string('x', 2000) + "\n--b--\n");
        await using var message = await EmlFixture.OpenAsync(octets, reencode: true);
        await using var prepared = await message.PrepareAsync(new WireFormat(true, false), CancellationToken.None);
        var wire = Encoding.Latin1.GetString(await Composed.OctetsAsync(message, new WireFormat(true, false)));
        Assert.True(prepared.IsEightBit);
        Assert.Contains(
            "--b\r\n\r\n\u00E4\r\n" +
            "--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nxxx",
            wire,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "From: a@x.test\n\n\u00C3\u00A4\n",
        "charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=C3=A4\r\n")]
    [InlineData(
        "From: a@x.test\n\n\u00E4",
        "charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=E4\r\n")]
    [InlineData(
        "From: a@x.test\n\n\0\n",
        "charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=00\r\n")]
    [InlineData(
        "From: a@x.test\nContent-Type: image/x\n\n\u00E4\n",
        "image/x\r\nMIME-Version: 1.0\r\nContent-Transfer-Encoding: base64\r\n\r\n5A0K\r\n")]
    public async Task A_message_without_mime_headers_gets_them(string text, string end) =>
        Assert.EndsWith(
            end, await EmlFixture.SendAsync(EmlFixture.Octets(text), reencode: true), StringComparison.Ordinal);

    [Theory]
    [InlineData("base64", "YWJj", "YWJj")]
    [InlineData("quoted-printable", "=C3=A4=\nb \u00E4", "=C3=A4b =E4")]
    public async Task Encoded_parts_with_lines_too_long_are_cut_anew(string encoding, string line, string expected)
    {
        var body = line + string.Concat(Enumerable.Repeat("YWJj", 500));
        var wire = await EmlFixture.SendAsync(
            EmlFixture.Octets(
                $"From: a@x.test\nContent-Type: text/plain\nContent-Transfer-Encoding: {encoding}\n\n{body}\n"),
            reencode: true);
        var sent = wire[(wire.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.StartsWith(expected, sent, StringComparison.Ordinal);
        Assert.All(sent.Split("\r\n"), l => Assert.True(l.Length <= 76));
    }

    [Fact]
    public async Task Parts_of_attached_messages_change_too()
    {
        var wire = await EmlFixture.SendAsync(
            EmlFixture.Octets(
                "From: a@x.test\nContent-Type: message/rfc822\nContent-Transfer-Encoding: 8bit\n\n" +
                "From: b@x.test\nSubject: \u00C3\u00A4\n\n\u00C3\u00A4\n"),
            reencode: true);
        Assert.EndsWith(
            "Content-Transfer-Encoding: 7bit\r\n\r\nFrom: b@x.test\r\nSubject: =?utf-8?B?w6Q=?=\r\n" +
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=C3=A4\r\n",
            wire,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Subject: \u00C3\u00A4 {0}", "Subject: =?utf-8?")]
    [InlineData("To: \u00C3\u00A4 <a@x.test>, b@x.test", "To: =?utf-8?B?w6Q=?= <a@x.test>, b@x.test\r\n")]
    [InlineData(
        "Content-Disposition: inline; filename=\u00E4",
        "Content-Disposition: inline;\r\n filename*=utf-8''%C3%A4\r\n")]
    [InlineData("X-Ids: <{0}> <{0}>", "X-Ids: <")]
    public async Task Headers_are_encoded_by_their_kind(string field, string expected)
    {
        var text = string.Format(null, field, new string('x', 800));
        var wire = await EmlFixture.SendAsync(EmlFixture.Octets($"From: a@x.test\n{text}\n\nHi\n"), reencode: true);
        Assert.Contains(expected, wire, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("From: \u00C3\u00A4@x.test\n\nHi\n", "MessageNeedsSmtpUtf8")]
    [InlineData("From: \u00C3\u00A4 a@x.test <\n\nHi\n", "InvalidMessageHeader")]
    [InlineData("From: a@x.test\nContent-Transfer-Encoding: x-uuencode\n\n\u00E4\n", "MessageCannotBeReencoded")]
    public async Task Says_when_encoding_does_not_help(string text, string errorId)
    {
        await using var message = await EmlFixture.OpenAsync(EmlFixture.Octets(text), reencode: true);
        var fault = await Assert.ThrowsAsync<MessageException>(
            async () => await message.PrepareAsync(default, CancellationToken.None));
        Assert.Equal(errorId, fault.ErrorId);
    }

    [Fact]
    public async Task Depth_and_number_of_parts_have_limits()
    {
        var deep = new StringBuilder("From: a@x.test\n");
        for (var i = 0; i < 100; i++)
        {
            deep.Append(null, $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n");
        }

        var many = "From: a@x.test\nContent-Type: multipart/mixed; boundary=b\n\n" + string.Concat(
            Enumerable.Repeat("--b\n\na\n", 40_000));
        foreach (var text in new[] { deep + "\n\u00E4\n", many + "\u00E4\n" })
        {
            await using var message = await EmlFixture.OpenAsync(EmlFixture.Octets(text), reencode: true);
            var fault = await Assert.ThrowsAsync<MessageException>(
                async () => await message.PrepareAsync(default, CancellationToken.None));
            Assert.Equal("MessageTooComplex", fault.ErrorId);
        }
    }

    [Fact]
    public async Task Says_that_a_signature_may_break()
    {
        var octets = EmlFixture.Octets("DKIM-Signature: h=From; b=x\nFrom: a@x.test\n\n\u00E4\n");
        await using var message = await EmlFixture.OpenAsync(octets, reencode: true);
        Assert.Contains("signature breaks", Assert.Single(message.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mutated_messages_go_out_by_the_rules_or_are_refused()
    {
        byte[][] originals =
        [
            EmlFixture.Octets(Multipart),
            EmlFixture.Octets(
                "From: a@x.test\nBcc: b@x.test\nContent-Type: message/rfc822\n\n" +
                "From: b@x.test\nContent-Transfer-Encoding: base64\n\nYWJj\n"),
            EmlFixture.Octets(
                "From: \u00C3\u00A4 <a@x.test>\nContent-Transfer-Encoding: quoted-printable\n\n" +
                "=C3=A4=\n" + new string('x', 999) + "\n"),
        ];
        foreach (var octets in Mutations.Of(originals, 100_000, seed: 5))
        {
            foreach (var format in new[] { WireFormat.SevenBit, new WireFormat(true, true) })
            {
                try
                {
                    await using var message = await EmlFixture.OpenAsync(octets, reencode: true);
                    Composed.AssertWireRules(await WriteAsync(message, format), format.EightBit);
                }
                catch (MessageException)
                {
                    // Refused as documented.
                }
            }
        }
    }

    [Fact]
    public void Mutated_messages_are_surveyed_alike_however_they_come()
    {
        byte[][] originals =
        [
            EmlFixture.Octets("From: a@x.test\nBcc: b@x.test,\n c@x.test\n\n\u00E4\n--b\n\n.\n"),
            EmlFixture.Octets("\u00EF\u00BB\u00BFA: b\n\nx\n"),
        ];
        foreach (var octets in Mutations.Of(originals, 100_000, seed: 6))
        {
            var whole = Survey(octets, int.MaxValue);
            var parts = Survey(octets, 1);
            Assert.Equal(whole.BodyStart, parts.BodyStart);
            Assert.Equal(whole.Length, parts.Length);
            Assert.Equal(whole.Body.Length, parts.Body.Length);
            Assert.Equal(whole.Body.FirstEightBit, parts.Body.FirstEightBit);
            Assert.Equal(whole.Body.FirstNul, parts.Body.FirstNul);
            Assert.Equal(whole.Body.HasBareCr, parts.Body.HasBareCr);
            Assert.Equal(whole.Body.HasCrLf, parts.Body.HasCrLf);
        }
    }

    private static EmlScanner Survey(byte[] octets, int piece)
    {
        var scanner = new EmlScanner();
        foreach (var part in octets.Chunk(piece))
        {
            scanner.Feed(part);
        }

        scanner.Complete();
        return scanner;
    }

    private static async Task<byte[]> WriteAsync(EmlMessage message, WireFormat format)
    {
        await using var prepared = await message.PrepareAsync(format, CancellationToken.None);
        using var stream = new MemoryStream();
        await prepared.WriteToAsync(stream, CancellationToken.None);
        Assert.Equal(prepared.Length, stream.Length);
        return stream.ToArray();
    }
}
