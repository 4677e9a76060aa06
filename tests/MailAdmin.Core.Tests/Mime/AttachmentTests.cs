using System.Text;
using MailAdmin.Mime;

namespace MailAdmin.Tests.Mime;

public sealed class AttachmentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_is_read_anew_each_time_and_has_its_name_and_type()
    {
        var path = Write("report.pdf", 200_000);
        var source = AttachmentSource.FromFile(path);
        var wire = await Composed.WriteAsync(Composed.Draft with { Attachments = [source] });
        Assert.Contains(
            "Content-Type: application/pdf; name=report.pdf\r\nContent-Transfer-Encoding: base64\r\n" +
            "Content-Disposition: attachment; filename=report.pdf\r\n\r\n",
            wire,
            StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllBytesAsync(path), Content(wire));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(56)]
    [InlineData(57)]
    [InlineData(58)]
    [InlineData(58_367)]
    [InlineData(58_368)]
    [InlineData(58_369)]
    [InlineData(116_736)]
    public async Task Content_of_every_size_comes_through(int length)
    {
        var path = Write("data.bin", length);
        var octets = await File.ReadAllBytesAsync(path);
        foreach (var source in new[]
        {
            AttachmentSource.FromFile(path),
            AttachmentSource.FromMemory(octets, "data.bin"),
            AttachmentSource.FromStream(_ => new ValueTask<Stream>(new MemoryStream(octets)), "data.bin"),
        })
        {
            Assert.Equal(octets, Content(await Composed.WriteAsync(Composed.Draft with { Attachments = [source] })));
        }
    }

    [Fact]
    public async Task A_missing_file_is_a_clear_error_before_anything_is_sent()
    {
        var fault = await FailToPrepareAsync(Path.Combine(_folder, "none.pdf"));
        Assert.Equal("AttachmentNotFound", fault.ErrorId);
        Assert.Contains("none.pdf", fault.Message, StringComparison.Ordinal);
        Assert.Equal("AttachmentNotFound", (await FailToPrepareAsync(Path.Combine(_folder, "none", "a.pdf"))).ErrorId);
    }

    [Fact]
    public async Task A_folder_is_not_readable() =>
        Assert.Equal("AttachmentUnreadable", (await FailToPrepareAsync(_folder)).ErrorId);

    [Theory]
    [InlineData(-1)]
    [InlineData(+1)]
    [InlineData(-100_000)]
    [InlineData(+100_000)]
    public async Task A_file_that_changes_its_size_aborts_the_message(int change)
    {
        var path = Write("log.txt", 200_000);
        var message = Composed.Build(Composed.Draft with { Attachments = [AttachmentSource.FromFile(path)] });
        await using var prepared = await message.PrepareAsync(default, CancellationToken.None);
        await using (var file = File.Open(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(200_000 + change);
        }

        var fault = await Assert.ThrowsAsync<MessageException>(
            async () => await prepared.WriteToAsync(Stream.Null, CancellationToken.None));
        Assert.Equal("AttachmentChanged", fault.ErrorId);
    }

    [Fact]
    public async Task A_file_that_is_deleted_meanwhile_is_sent_all_the_same()
    {
        var path = Write("gone.bin", 100_000);
        var message = Composed.Build(Composed.Draft with { Attachments = [AttachmentSource.FromFile(path)] });
        await using var prepared = await message.PrepareAsync(default, CancellationToken.None);
        File.Delete(path);
        using var stream = new MemoryStream();
        await prepared.WriteToAsync(stream, CancellationToken.None);
        Assert.Equal(prepared.Length, stream.Length);
    }

    [Fact]
    public async Task Pictures_of_the_html_are_related_to_it()
    {
        var wire = await Composed.WriteAsync(Composed.Draft with
        {
            HtmlBody = "<img src=cid:logo@x>",
            InlineAttachments = [new("logo@x", AttachmentSource.FromMemory("abc"u8.ToArray(), "logo.png"))],
        });
        Assert.Contains("multipart/related; type=\"text/html\";\r\n start=\"<html.", wire, StringComparison.Ordinal);
        Assert.Contains(
            "Content-Type: image/png; name=logo.png\r\nContent-Transfer-Encoding: base64\r\n" +
            "Content-Disposition: inline; filename=logo.png\r\nContent-ID: <logo@x>\r\n\r\nYWJj\r\n",
            wire,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("From: a@x.test\r\n\r\nHi\r\n", "message/rfc822", "7bit")]
    [InlineData("From: a@x.test\n\nHi", "message/rfc822", "7bit")]
    [InlineData("From: a@x.test\r\n\r\nä\r\n", "application/octet-stream", "base64")]
    [InlineData("From: a@x.test\r\n\r\n\0\r\n", "application/octet-stream", "base64")]
    [InlineData("no message", "application/octet-stream", "base64")]
    [InlineData("", "application/octet-stream", "base64")]
    public async Task Messages_are_attached_as_messages_where_they_can(string text, string type, string encoding)
    {
        var wire = await Composed.WriteAsync(Composed.Draft with
        {
            Attachments = [AttachmentSource.FromMemory(Encoding.UTF8.GetBytes(text), "a.eml")],
        });
        Assert.Contains(
            $"Content-Type: {type}; name=a.eml\r\nContent-Transfer-Encoding: {encoding}\r\n",
            wire,
            StringComparison.Ordinal);
        if (encoding == "7bit")
        {
            Assert.Contains($"\r\n\r\n{text.ReplaceLineEndings("\r\n")}\r\n--=_", wire, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("From: a@x.test\r\n\r\nä\r\n", "message/rfc822", "8bit")]
    [InlineData("From: a@x.test\r\nSubject: ä\r\n\r\nä\r\n", "application/octet-stream", "base64")]
    public async Task Eight_bit_messages_are_attached_as_messages_where_the_server_takes_them(
        string text, string type, string encoding)
    {
        var source = AttachmentSource.FromMemory(Encoding.UTF8.GetBytes(text), "a.eml");
        var wire = await Composed.WriteAsync(
            Composed.Draft with { Attachments = [source] }, new WireFormat(true, false));
        Assert.Contains(
            $"Content-Type: {type}; name=a.eml\r\nContent-Transfer-Encoding: {encoding}\r\n",
            wire,
            StringComparison.Ordinal);
        Assert.Equal(
            encoding == "8bit", wire.Contains("_1\"\r\nContent-Transfer-Encoding: 8bit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_boundary_never_occurs_in_an_attached_message()
    {
        var text =
            "From: a@x.test\r\n\r\n" + new string('x', 65_536 - 40) + "--=_abababababababababababababababab_1\r\n";
        var folded = string.Join("\r\n", text.Chunk(500).Select(c => new string(c)));
        foreach (var inner in new[] { "From: a@x.test\r\n\r\n--=_abababababababababababababababab_1--\r\n", folded })
        {
            var path = Path.Combine(_folder, "a.eml");
            await File.WriteAllTextAsync(path, inner);
            var wire = await Composed.WriteAsync(
                Composed.Draft with { Attachments = [AttachmentSource.FromFile(path)] });
            var boundary = wire.Split("boundary=\"")[1].Split('"')[0];
            Assert.Equal(3, wire.Split("--" + boundary).Length - 1);
        }
    }

    private static byte[] Content(string wire)
    {
        var part = wire[wire.IndexOf("Content-Disposition: attachment", StringComparison.Ordinal)..];
        var start = part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        return Convert.FromBase64String(part[start..part.IndexOf("\r\n--=_", start - 2, StringComparison.Ordinal)]);
    }

    private string Write(string name, int length)
    {
        var octets = new byte[length];
        new Random(length).NextBytes(octets);
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, octets);
        return path;
    }

    private static async Task<MessageException> FailToPrepareAsync(string path)
    {
        var message = Composed.Build(Composed.Draft with { Attachments = [AttachmentSource.FromFile(path, "a.bin")] });
        return await Assert.ThrowsAsync<MessageException>(
            async () => await message.PrepareAsync(default, CancellationToken.None));
    }
}
