using System.Text;
using MailAdmin.Mime;

namespace MailAdmin.Tests.Mime;

public sealed class SavedMessageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_message_is_saved_as_it_would_be_sent()
    {
        var message = Composed.Build(Composed.Draft with { TextBody = "ä", Bcc = [Composed.Mailbox("hidden@x.test")] });
        var path = Path.Combine(_folder, "a.eml");
        await File.WriteAllTextAsync(path, "old");
        await message.SaveEmlAsync(path, EmlForm.Message, CancellationToken.None);
        Assert.Equal(await Composed.OctetsAsync(message), await File.ReadAllBytesAsync(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_draft_says_so_and_keeps_its_hidden_recipients()
    {
        var text = await DraftAsync(Composed.Draft with { Bcc = [Composed.Mailbox("hidden@x.test")] });
        Assert.Contains("To: ben@example.org\r\nBcc: hidden@x.test\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Unsent: 1\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_needs_neither_sender_nor_recipients()
    {
        var text = await DraftAsync(new MessageDraft { Subject = "Later" });
        Assert.DoesNotContain("From:", text, StringComparison.Ordinal);
        Assert.Contains("Subject: Later\r\n", text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MessageException>(
            async () => await Composed.Build(new MessageDraft()).WriteEmlAsync(Stream.Null, EmlForm.Message, default));
    }

    [Fact]
    public async Task What_is_saved_can_be_sent()
    {
        var draft = Composed.Draft with
        {
            Cc = [Composed.Mailbox("c@x.test", "Käthe")],
            Bcc = [Composed.Mailbox("hidden@x.test")],
            Attachments = [AttachmentSource.FromMemory(new byte[1000], "ä.bin")],
        };
        var path = Path.Combine(_folder, "a.eml");
        await Composed.Build(draft).SaveEmlAsync(path, EmlForm.UnsentDraft, CancellationToken.None);
        await using var eml = await EmlMessage.OpenAsync(path);
        Assert.Equal(
            ["ben@example.org", "c@x.test", "hidden@x.test"],
            eml.ToEnvelope().Recipients.Select(r => r.Address.ToString()));
        Assert.Equal(
            (await Composed.WriteAsync(draft)).Replace(
                "MIME-Version", "X-Unsent: 1\r\nMIME-Version", StringComparison.Ordinal),
            Encoding.UTF8.GetString(await Composed.OctetsAsync(eml)));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_a_clear_error_and_leaves_nothing_behind()
    {
        var message = Composed.Build(Composed.Draft);
        var fault = await Assert.ThrowsAsync<MessageException>(
            async () => await message.SaveEmlAsync(Path.Combine(_folder, "none", "a.eml"), EmlForm.Message, default));
        Assert.Equal("MessageFileUnwritable", fault.ErrorId);

        var broken = Composed.Build(
            Composed.Draft with { Attachments = [AttachmentSource.FromFile(Path.Combine(_folder, "none"))] });
        var missing = await Assert.ThrowsAsync<MessageException>(
            async () => await broken.SaveEmlAsync(Path.Combine(_folder, "a.eml"), EmlForm.Message, default));
        Assert.Equal("AttachmentNotFound", missing.ErrorId);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private static async Task<string> DraftAsync(MessageDraft draft)
    {
        using var stream = new MemoryStream();
        await Composed.Build(draft).WriteEmlAsync(stream, EmlForm.UnsentDraft, CancellationToken.None);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
