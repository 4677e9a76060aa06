using System.Globalization;
using MailAdmin.Addressing;
using MailAdmin.Interop.Judging;
using MailAdmin.Interop.Storage;
using MailAdmin.Mime;

namespace MailAdmin.Interop.Composing;

/// <summary>Messages of all shapes, read by somebody else's parser.</summary>
public sealed class ComposedMessagesTests : IDisposable
{
    private static readonly string[] Subjects =
    [
        "Plain",
        "",
        "Grüße aus Köln",
        "日本語の件名がとても長い場合でも、文字の途中で切られることはありません。絵文字👩‍👩‍👧‍👦も含めて。",
        "A long subject of plain words that goes on and on, so that it must be folded somewhere, twice if need be, " +
            "and then ends",
        "=?utf-8?Q?literal?= with  two  spaces and a \"quote\"",
        " leading and trailing ",
        new string('x', 300),
    ];

    private static readonly string[] Texts =
    [
        "Hello\r\n",
        "",
        ".\r\n..\r\n.\r\n",
        "From here\r\nFrom there \r\ntrailing tab\t\r\n",
        "naïve café\r\n",
        "日本語\r\n本文\r\n",
        new string('y', 5000) + "\r\n",
        "no line end",
    ];

    private static readonly string[] Names =
    [
        "report.pdf",
        "Bericht für März.pdf",
        "日本語のとても長いファイル名、これはとても長いので分割されます.xlsx",
        "a \"b\" \\ c;d.txt",
        new string('n', 200) + ".bin",
    ];

    private readonly TestDirectory _directory = new("composed");

    public void Dispose() => _directory.Dispose();

    [SkippableFact]
    public async Task Python_understands_what_was_meant()
    {
        var meant = Enumerable.Range(0, 64).Select(Compose).ToArray();
        var files = new List<string>();
        for (var i = 0; i < meant.Length; i++)
        {
            var format = new WireFormat(EightBit: i % 2 == 1, Utf8Headers: false);
            await using var prepared = await new MessageBuilder().Build(meant[i].Draft).PrepareAsync(format, default);
            files.Add(Path.Combine(_directory.Path, i.ToString("00", CultureInfo.InvariantCulture) + ".eml"));
            await using var file = File.Create(files[i]);
            await prepared.WriteToAsync(file, default);
        }

        var read = await Judge.ReadAsync(files);

        Assert.Equal(meant.Length, read.Count);
        Assert.All(read, (message, i) => Understanding.AssertSame(meant[i], message));
    }

    private static Composition Compose(int i)
    {
        byte[][] attached = [.. Enumerable.Range(0, i % 3).Select(n => Content(i, n))];
        byte[][] shown = i / 5 % 2 == 0 ? [] : [Content(i, 2)];
        var html = i / 3 % 3 == 0 ? null : $"<p>{Texts[(i + 3) % Texts.Length]}</p><img src=\"cid:logo@x\">\r\n";
        var draft = new MessageDraft
        {
            From = new Mailbox("Müller, \"Eva\"", EmailAddress.Parse("eva@bücher.example")),
            To = [Mailbox.Parse("ben@example.org"), new Mailbox("山田 太郎", EmailAddress.Parse("taro@example.jp"))],
            Cc = i % 5 == 0 ? [] : [new Mailbox("J. R. \\ O'Neil (x)", EmailAddress.Parse("\"j r\"@example.com"))],
            Bcc = [Mailbox.Parse("hidden@example.net")],
            Subject = Subjects[i % Subjects.Length],
            TextBody = i % 7 == 6 && html is not null ? null : Texts[(i / 2) % Texts.Length],
            HtmlBody = html,
            Attachments =
            [
                .. attached.Select((content, n) =>
                    AttachmentSource.FromMemory(content, Names[(i + n) % Names.Length])),
            ],
            InlineAttachments =
            [
                .. shown.Select(content =>
                    new InlineAttachment("logo@x", AttachmentSource.FromMemory(content, "logo.png"))),
            ],
            Priority = (MessagePriority)(i % 3),
            Headers =
            [
                new("X-Note", "Ünïcode and ASCII"),
                new("X-Ids", string.Join(' ', Enumerable.Range(0, 30).Select(n => $"<{n}@x>"))),
            ],
            Date = new DateTimeOffset(2026, 2, 28, 23, 59, i % 60, TimeSpan.FromMinutes(30 * (i % 20 - 10))),
        };
        return new Composition(draft, attached, shown);
    }

    /// <summary>The content of the nth attachment of a message; some are empty.</summary>
    private static byte[] Content(int message, int n)
    {
        var octets = new byte[(message + n) % 4 == 1 ? 0 : 3000 + 57 * n + message];
        new Random(message * 10 + n).NextBytes(octets);
        return octets;
    }
}
