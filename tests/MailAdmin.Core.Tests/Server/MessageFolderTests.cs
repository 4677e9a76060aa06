using System.Text;
using System.Text.Json;
using MailAdmin.Server;

namespace MailAdmin.Tests.Server;

public sealed class MessageFolderTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "mail");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
        }
    }

    [Fact]
    public async Task Writes_content_and_envelope_for_their_owner_only()
    {
        await using var server = await SmtpTestServer.StartAsync(new() { Folder = _folder });
        await using var client = await RawClient.ConnectAsync(server.Endpoint);
        await client.SendAsync(
            "EHLO c\r\nMAIL FROM:<a@example.com> SIZE=99 ENVID=x\r\nRCPT TO:<b@example.com> NOTIFY=NEVER\r\n"
            + "DATA\r\nSubject: x\r\n\r\n..\r\n.\r\n");
        await client.ReadRepliesAsync(6);

        var message = Assert.Single(server.Messages);
        Assert.Equal(
            [message.Id + ".eml", message.Id + ".json"],
            Directory.EnumerateFiles(_folder).Select(Path.GetFileName).Order());
        Assert.Equal("Subject: x\r\n\r\n.\r\n", await File.ReadAllTextAsync(message.Path!));
        Assert.Equal(0, message.Content.Length);
        using var reader = new StreamReader(message.OpenRead());
        Assert.Equal("Subject: x\r\n\r\n.\r\n", await reader.ReadToEndAsync());

        using var envelope = JsonDocument.Parse(
            await File.ReadAllBytesAsync(Path.ChangeExtension(message.Path!, ".json")));
        Assert.Equal("a@example.com", envelope.RootElement.GetProperty("from").GetString());
        Assert.Equal("x", envelope.RootElement.GetProperty("envelopeId").GetString());
        Assert.Equal(99, envelope.RootElement.GetProperty("declaredSize").GetInt32());
        var recipient = Assert.Single(envelope.RootElement.GetProperty("recipients").EnumerateArray());
        Assert.Equal("b@example.com", recipient.GetProperty("to").GetString());
        Assert.Equal("Never", recipient.GetProperty("notify").GetString());
        Assert.False(envelope.RootElement.TryGetProperty("user", out _));

        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal(Mine | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
            foreach (var file in Directory.EnumerateFiles(_folder))
            {
                Assert.Equal(Mine, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public async Task Leaves_nothing_of_a_message_that_was_not_completed_or_was_refused()
    {
        await using (var server = await SmtpTestServer.StartAsync(new() { Folder = _folder, MaxMessageSize = 100_000 }))
        {
            await using var refused = await RawClient.ConnectAsync(server.Endpoint);
            await refused.SendAsync(
                RawClient.Message(new string('x', 60_000) + "\r\n" + new string('y', 60_000) + "\r\n"));
            Assert.StartsWith("552 ", (await refused.ReadRepliesAsync(6))[5], StringComparison.Ordinal);

            await using var broken = await RawClient.ConnectAsync(server.Endpoint);
            await broken.SendAsync(RawClient.Message(new string('x', 60_000) + "\r\n")[..50_000]);
            await broken.ReadRepliesAsync(5);
        }

        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public async Task Takes_an_empty_message_and_large_ones_side_by_side()
    {
        await using var server = await SmtpTestServer.StartAsync(new() { Folder = _folder });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            await using var client = await RawClient.ConnectAsync(server.Endpoint);
            await client.SendAsync(RawClient.Message(Large(i)));
            await client.ReadRepliesAsync(6);
        }));

        var contents = server.Messages.Select(message => File.ReadAllText(message.Path!, Encoding.ASCII))
            .OrderBy(text => text.Length);
        Assert.Equal(Enumerable.Range(0, 8).Select(Large), contents);

        static string Large(int i) => string.Concat(
            Enumerable.Repeat($"{i} Lorem ipsum dolor sit amet\r\n", i * 10_000));
    }

    [Fact]
    public async Task Tells_the_client_when_a_message_cannot_be_written()
    {
        await using var server = await SmtpTestServer.StartAsync(new() { Folder = _folder });
        Directory.Delete(_folder);
        await using var client = await RawClient.ConnectAsync(server.Endpoint);
        await client.SendAsync(RawClient.Message("x\r\n"));

        Assert.Equal("452 4.3.1 The message could not be written to its folder", (await client.ReadRepliesAsync(6))[5]);
        await client.SendAsync("NOOP\r\n");
        Assert.StartsWith("250 ", await client.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task Says_why_it_cannot_use_a_folder()
    {
        var file = Path.GetTempFileName();
        try
        {
            var failure = await Assert.ThrowsAsync<SmtpTestServerException>(
                () => SmtpTestServer.StartAsync(new() { Folder = Path.Combine(file, "below") }));
            Assert.Equal("FolderNotUsable", failure.ErrorId);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
