using System.Security.Cryptography;
using System.Text.Json;
using MailAdmin.Addressing;
using MailAdmin.Mime;

namespace MailAdmin.Interop.Tests.Mime;

/// <summary>Messages of all shapes, read by somebody else's parser.</summary>
public sealed class ComposedMessagesTests : IDisposable
{
    private static readonly string[] Subjects =
    [
        "Plain",
        "",
        "Grüße aus Köln",
        "日本語の件名がとても長い場合でも、文字の途中で切られることはありません。絵文字👩‍👩‍👧‍👦も含めて。",
        "A long subject of plain words that goes on and on, so that it must be folded somewhere, twice if need be, and then ends",
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
        ["report.pdf", "Bericht für März.pdf", "日本語のとても長いファイル名、これはとても長いので分割されます.xlsx", "a \"b\" \\ c;d.txt", new string('n', 200) + ".bin"];

    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task Python_understands_what_was_meant()
    {
        var drafts = Enumerable.Range(0, 64).Select(Draft).ToArray();
        for (var i = 0; i < drafts.Length; i++)
        {
            var format = new WireFormat(EightBit: i % 2 == 1, Utf8Headers: false);
            await using var prepared = await new MessageBuilder().Build(drafts[i]).PrepareAsync(format, default);
            await using var file = File.Create(Path.Combine(_folder, $"{i:00}.eml"));
            await prepared.WriteToAsync(file, default);
        }

        var judged = await PythonJudge.ReadAsync(_folder);

        for (var i = 0; i < drafts.Length; i++)
        {
            AssertUnderstood(drafts[i], judged.GetProperty($"{i:00}.eml"), i);
        }
    }

    private static MessageDraft Draft(int i)
    {
        var attachments = Enumerable.Range(0, i % 3)
            .Select(n => AttachmentSource.FromMemory(Content(i, n), Names[(i + n) % Names.Length]))
            .ToArray();
        var html = i / 3 % 3 == 0 ? null : $"<p>{Texts[(i + 3) % Texts.Length]}</p><img src=\"cid:logo@x\">\r\n";
        return new MessageDraft
        {
            From = new Mailbox("Müller, \"Eva\"", EmailAddress.Parse("eva@bücher.example")),
            To = [Mailbox.Parse("ben@example.org"), new Mailbox("山田 太郎", EmailAddress.Parse("taro@example.jp"))],
            Cc = i % 5 == 0 ? [] : [new Mailbox("J. R. \\ O'Neil (x)", EmailAddress.Parse("\"j r\"@example.com"))],
            Bcc = [Mailbox.Parse("hidden@example.net")],
            Subject = Subjects[i % Subjects.Length],
            TextBody = i % 7 == 6 && html is not null ? null : Texts[(i / 2) % Texts.Length],
            HtmlBody = html,
            Attachments = attachments,
            InlineAttachments = i / 5 % 2 == 0 ? [] : [new("logo@x", AttachmentSource.FromMemory(Content(i, 2), "logo.png"))],
            Priority = (MessagePriority)(i % 3),
            Headers = [new("X-Note", "Ünïcode and ASCII"), new("X-Ids", string.Join(' ', Enumerable.Range(0, 30).Select(n => $"<{n}@x>")))],
            Date = new DateTimeOffset(2026, 2, 28, 23, 59, i % 60, TimeSpan.FromMinutes(30 * (i % 20 - 10))),
        };
    }

    /// <summary>The content of the nth attachment of a message; some are empty.</summary>
    private static byte[] Content(int message, int n)
    {
        var octets = new byte[(message + n) % 4 == 1 ? 0 : 3000 + 57 * n + message];
        new Random(message * 10 + n).NextBytes(octets);
        return octets;
    }

    private static void AssertUnderstood(MessageDraft draft, JsonElement message, int i)
    {
        Assert.Equal(draft.Subject, message.GetProperty("subject").GetString());
        Assert.Empty(message.GetProperty("defects").EnumerateArray().Select(d => d.ToString()));
        Assert.Equal("Müller, \"Eva\"", message.GetProperty("from")[0][0].GetString());
        Assert.Equal("eva@xn--bcher-kva.example", message.GetProperty("from")[0][1].GetString());
        Assert.Equal(Shown(draft.To), Read(message.GetProperty("to")));
        Assert.Equal(Shown(draft.Cc), Read(message.GetProperty("cc")));
        Assert.Equal(draft.Date, DateTimeOffset.Parse(message.GetProperty("date").GetString()!, null));
        var headers = message.GetProperty("headers");
        Assert.False(headers.TryGetProperty("Bcc", out _));
        Assert.Equal(draft.Headers[0].Value, headers.GetProperty("X-Note").GetString());
        Assert.Equal(draft.Headers[1].Value, headers.GetProperty("X-Ids").GetString());

        var parts = message.GetProperty("parts").EnumerateArray().ToList();
        Assert.Equal(Structure(draft), message.GetProperty("structure").EnumerateArray().Select(s => s.GetString()));
        var isSingle = parts.Count == 1;
        if (draft.TextBody is not null || draft.HtmlBody is null)
        {
            AssertText(draft.TextBody ?? "", parts[0], isSingle, i);
            parts.RemoveAt(0);
        }

        if (draft.HtmlBody is not null)
        {
            AssertText(draft.HtmlBody, parts[0], isSingle, i);
            parts.RemoveAt(0);
        }

        Assert.Equal(
            draft.InlineAttachments.Select(a => a.Source).Concat(draft.Attachments).Select(a => a.FileName),
            parts.Select(p => p.GetProperty("name").GetString()));
        Assert.Equal(
            Enumerable.Range(0, draft.Attachments.Count).Prepend(2).Skip(draft.InlineAttachments.Count == 0 ? 1 : 0)
                .Select(n => Convert.ToHexStringLower(SHA256.HashData(Content(i, n)))),
            parts.Select(p => p.GetProperty("sha256").GetString()));
    }

    private static void AssertText(string expected, JsonElement part, bool isSingle, int i)
    {
        var text = part.GetProperty("text").GetString()!.ReplaceLineEndings("\r\n");
        var complete = isSingle && expected.Length > 0 && !expected.EndsWith('\n') ? expected + "\r\n" : expected;
        Assert.True(complete == text, $"message {i}: expected '{complete}', got '{text}'");
    }

    /// <summary>The types of the tree, as RFC 2046 and RFC 2387 nest them.</summary>
    private static IEnumerable<string> Structure(MessageDraft draft)
    {
        var plain = draft.TextBody is not null || draft.HtmlBody is null ? new[] { "text/plain" } : [];
        var isRelated = draft.HtmlBody is not null && draft.InlineAttachments.Count > 0;
        string[] html = draft.HtmlBody is null ? [] : isRelated ? ["multipart/related", "text/html", "image/png"] : ["text/html"];
        string[] text = [.. plain, .. html];
        if (plain.Length > 0 && html.Length > 0)
        {
            text = ["multipart/alternative", .. text];
        }

        string[] attached =
        [
            .. isRelated ? [] : draft.InlineAttachments.Select(a => a.Source.ContentType),
            .. draft.Attachments.Select(a => a.ContentType),
        ];
        return attached.Length == 0 ? text : ["multipart/mixed", .. text, .. attached];
    }

    private static IEnumerable<string> Shown(IEnumerable<Mailbox> mailboxes) =>
        mailboxes.Select(m => $"{m.DisplayName}|{m.Address.ToWireString()}");

    private static IEnumerable<string> Read(JsonElement mailboxes) =>
        mailboxes.EnumerateArray().Select(m => $"{m[0].GetString()}|{m[1].GetString()}");
}
