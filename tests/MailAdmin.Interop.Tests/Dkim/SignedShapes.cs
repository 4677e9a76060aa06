using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Mime;

namespace MailAdmin.Interop.Dkim;

/// <summary>Messages of every shape, to be signed.</summary>
internal static class SignedShapes
{
    private const string Head =
        "From: Sender <sender@example.org>\r\nTo: to@example.net\r\nSubject: Ready\r\nMIME-Version: 1.0\r\n";

    private static readonly byte[] Octets = [.. Enumerable.Range(0, 10_000).Select(i => (byte)(i * 11 / 3))];

    private static readonly MessageDraft Plain = new()
    {
        From = Mailbox.Parse("Sender <sender@example.org>"),
        To = [Mailbox.Parse("to@example.net")],
        Subject = "Signed",
        TextBody = "One line.\r\nAnother one.\r\n",
    };

    /// <summary>Drafts by name.</summary>
    public static IReadOnlyDictionary<string, MessageDraft> Drafts { get; } = new Dictionary<string, MessageDraft>
    {
        ["text"] = Plain,
        ["empty"] = Plain with { TextBody = "" },
        ["no-body"] = Plain with { TextBody = null },
        ["blank-lines"] = Plain with { TextBody = "\r\n\r\nbetween\r\n\r\n\r\n\r\n" },
        ["only-blank-lines"] = Plain with { TextBody = "\r\n\r\n\r\n" },
        ["no-end"] = Plain with { TextBody = "no line end" },
        ["dots"] = Plain with { TextBody = ".\r\n..\r\n.\r\n" },
        ["spaces"] = Plain with { TextBody = "two  spaces\r\ntrailing \r\ntab\t\r\n \t \r\nlast  \r\n" },
        ["8bit"] = Plain with { TextBody = "Grüße, 日本語\r\n" },
        ["long-lines"] = Plain with { TextBody = new string('x', 5000) + "\r\n" + new string(' ', 2000) + "\r\n" },
        ["base64"] = Plain with { TextBody = "Grüße\r\n", BodyEncoding = BodyEncoding.Base64 },
        ["quoted-printable"] = Plain with { TextBody = "Grüße = \r\n", BodyEncoding = BodyEncoding.QuotedPrintable },
        ["html"] = Plain with { TextBody = null, HtmlBody = "<p>Grüße</p>\r\n" },
        ["alternative"] = Plain with { HtmlBody = "<p>Grüße</p>\r\n" },
        ["inline"] = Plain with
        {
            HtmlBody = "<img src=\"cid:logo@x\">",
            InlineAttachments = [new("logo@x", AttachmentSource.FromMemory(Octets, "logo.png"))],
        },
        ["attachments"] = Plain with
        {
            Attachments =
            [
                AttachmentSource.FromMemory(Octets, "Übersicht.pdf"),
                AttachmentSource.FromMemory(Array.Empty<byte>(), "empty"),
            ],
        },
        ["attached-message"] = Plain with
        {
            Attachments =
                [AttachmentSource.FromMemory(Encoding.UTF8.GetBytes(Head + "\r\nWithin: Grüße\r\n"), "a.eml")],
        },
        ["large"] = Plain with { Attachments = [AttachmentSource.FromMemory(new byte[2_000_000], "zeros.bin")] },
        ["headers"] = Plain with
        {
            From = new Mailbox("Müller, \"Eva\" 山田", EmailAddress.Parse("sender@example.org")),
            Sender = Mailbox.Parse("Secretary <secretary@example.org>"),
            ReplyTo = [Mailbox.Parse("desk@example.org")],
            Cc = [Mailbox.Parse("cc@example.com")],
            Subject = string.Concat(Enumerable.Repeat("Ein langer Betreff für 日本語  und mehr. ", 8)),
            Priority = MessagePriority.High,
            Headers =
            [
                new("List-Unsubscribe", "<mailto:leave@example.org>"),
                new("X-Own", "value"),
                new("References", "<a@x> <b@x>"),
            ],
        },
        ["no-subject"] = Plain with { Subject = "" },
        ["hundred-recipients"] = Plain with
        {
            To = [.. Enumerable.Range(0, 100).Select(i => Mailbox.Parse($"Recipient {i} <r{i}@example.net>"))],
        },
        ["only-bcc"] = Plain with { To = [], Bcc = [Mailbox.Parse("hidden@example.net")] },
        ["utf8"] = Plain with { To = [Mailbox.Parse("Søren <søren@bücher.example>")], Subject = "Grüße" },
    };

    /// <summary>Ready messages by name.</summary>
    public static IReadOnlyDictionary<string, byte[]> Ready { get; } = new Dictionary<string, string>
    {
        ["plain"] = Head + "\r\nA text.\r\n",
        ["no-end"] = Head + "\r\nA text without an end",
        ["no-body"] = Head,
        ["line-feeds"] = (Head + "\r\nA text.\r\n.\r\n\r\n").Replace("\r\n", "\n", StringComparison.Ordinal),
        ["with-bcc"] = "Bcc: hidden@example.com\r\n" + Head + "\r\nA text.\r\n",
        ["folded"] = "Subject:  odd \r\n\t spacing \r\n  here\r\nfrom:  sender@example.org (comment)\r\n" +
            "TO:to@example.net\r\n\r\nA text.\r\n",
        ["8bit"] = Head + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGrüße\r\n",
        ["long-line"] = Head + "Content-Type: text/plain\r\n\r\n" + new string('y', 3000) + "\r\n",
        ["signed-before"] = "DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=other; h=From; bh=AAAA; b=AAAA\r\n" +
            Head + "\r\nA text.\r\n",
    }.ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetBytes(pair.Value));
}
