using MailAdmin.Addressing;
using MailAdmin.Interop.Cases;
using MailAdmin.Interop.Composing;
using MailAdmin.Interop.Judging;
using MailAdmin.Interop.Servers;
using MailAdmin.Mime;

namespace MailAdmin.Interop.Sending;

/// <summary>What our client has to achieve with every server that offers SMTPUTF8 (RFC 6531).</summary>
public abstract class Utf8SendingContract(MailServer server, ServerAbilities abilities)
    : SendingContract(server, abilities)
{
    private readonly MailServer _server = server;

    /// <summary>Addresses, names, subject, text, header fields and file names.</summary>
    [SkippableFact]
    public async Task Delivers_letters_beyond_ASCII_everywhere()
    {
        _server.Require();
        var draft = Drafts.New("international") with
        {
            From = Mailbox.Parse("Jürgen Groß <jürgen@bücher.example>"),
            Sender = Mailbox.Parse("Секретарь <секретарь@пример.example>"),
            ReplyTo = [Mailbox.Parse("Réponse <réponse@example.org>")],
            To = [Mailbox.Parse("山田 太郎 <太郎@例え.example>"), Mailbox.Parse("plain@example.net")],
            Cc = [Mailbox.Parse("Søren <søren@example.net>")],
            Bcc = [Mailbox.Parse("Ñandú <ñandú@example.com>")],
            Subject = "Zażółć gęślą jaźń 🎉",
            TextBody = "Ελληνικά\r\n",
            HtmlBody = "<p>עברית</p>\r\n",
            Headers = [new("X-Note", "ไทย")],
            Attachments = [AttachmentSource.FromMemory("Ü"u8.ToArray(), "résumé 履歴書.txt")],
        };
        var message = new MessageBuilder().Build(draft);

        await using var client = new RecordingClient(PlainRoute);
        client.AssertSent(await client.SendAsync(message));

        var stored = await _server.Store.WaitForAsync(draft.MessageId!, 4);
        Assert.Equal(draft.Sender!.Address.ToWireString(), stored.Sender);
        Assert.Equal(Wire([.. draft.To, .. draft.Cc, .. draft.Bcc]), stored.Recipients.Order());
        Assert.Equal(await Written.OctetsAsync(message, Written.Full), stored.ReadContent());
        Understanding.AssertSame(new Composition(draft, ["Ü"u8.ToArray()], []), await Judge.ReadAsync(stored));
    }
}
