using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Interop.Composing;
using MailAdmin.Mime;

namespace MailAdmin.Interop.Cases;

/// <summary>Makes the message that a case describes.</summary>
internal static class CaseComposer
{
    private const string ImageId = "logo@example.org";

    private static readonly byte[] EveryOctet = [.. Enumerable.Range(0, 70_000).Select(i => (byte)(i * 7 / 5))];
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("first\nzweite: Grüße\n.\nlast without an end");
    private static readonly byte[] Message = Encoding.ASCII.GetBytes(
        "From: a@example.org\r\nSubject: Within\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n"
        + "A text.\r\n.\r\n");

    /// <summary>The composition.</summary>
    /// <param name="wanted">The case.</param>
    /// <param name="messageId">Its Message-ID.</param>
    public static Composition Compose(MessageCase wanted, string messageId)
    {
        var name = DisplayName(wanted.Names);
        var (to, cc, bcc) = Recipients(wanted.Recipients, name);
        var (files, contents) = Attachments(wanted.Attachments);
        var draft = new MessageDraft
        {
            From = new Mailbox(name, EmailAddress.Parse("sender@example.org")),
            To = to,
            Cc = cc,
            Bcc = bcc,
            Subject = Subject(wanted.Subject),
            TextBody = Plain(wanted.Body),
            HtmlBody = Html(wanted),
            Attachments = files,
            InlineAttachments = wanted.InlineImages
                ? [new InlineAttachment(ImageId, AttachmentSource.FromMemory(EveryOctet, "logo.png"))]
                : [],
            MessageId = messageId,
        };
        return new Composition(WithHeaders(draft, wanted.Headers), contents, wanted.InlineImages ? [EveryOctet] : []);
    }

    private static string Subject(SubjectKind kind) => kind switch
    {
        SubjectKind.Ascii => "Report of the week",
        SubjectKind.None => "",
        SubjectKind.International => "Grüße, приветствие, 挨拶",
        SubjectKind.Long => string.Join(' ', Enumerable.Repeat("many words, so that the line has to be folded", 6)),
        SubjectKind.LongInternational => string.Concat(Enumerable.Repeat("日本語の件名は長いほど面白い。", 12)),
        SubjectKind.Emoji => "👩‍👩‍👧‍👦 and 🎉 and e\u0301",
        SubjectKind.LooksEncoded => "=?utf-8?Q?literal?= is not what it seems",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string? DisplayName(NameKind kind) => kind switch
    {
        NameKind.Plain => "Anna Berg",
        NameKind.None => null,
        NameKind.Quoted => "Berg, \"Anna\" \\ (sales)",
        NameKind.International => "Ånna Bérg 山田",
        NameKind.Long => string.Concat(Enumerable.Repeat("Übergrößenträger ", 12)).TrimEnd(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static (Mailbox[] To, Mailbox[] Cc, Mailbox[] Bcc) Recipients(RecipientKind kind, string? name)
    {
        Mailbox Named(string address) => new(name, EmailAddress.Parse(address));

        return kind switch
        {
            RecipientKind.One => ([Named("to@example.net")], [], []),
            RecipientKind.ToCcBcc => (
                [Named("to@example.net")], [Named("cc@example.com")], [Named("hidden@example.com")]),
            RecipientKind.OnlyBcc => ([], [], [Named("hidden@example.com")]),
            RecipientKind.Three => (
                [Named("one@example.net"), Named("two@example.net"), Named("three@example.net")], [], []),
            RecipientKind.InternationalDomain => ([Named("to@bücher.example")], [], []),
            RecipientKind.InternationalLocalPart => ([Named("søren@example.net"), Named("用户@bücher.example")], [], []),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private static string? Plain(BodyKind kind) => kind switch
    {
        BodyKind.Text or BodyKind.Alternative => "One line.\r\nAnother one.\r\n",
        BodyKind.None or BodyKind.Html => null,
        BodyKind.Empty => "",
        BodyKind.InternationalText => "Zażółć gęślą jaźń, Ελληνικά, 日本語, 👍🏽\r\n",
        BodyKind.LongLines => $"{new string('x', 5000)}\r\n{string.Concat(Enumerable.Repeat("wörter ", 714))}\r\n",
        BodyKind.Dots => ".\r\n..\r\n.a\r\n\r\n.\r\n.",
        BodyKind.TrailingSpaces => "spaces  \r\ntab\t\r\n   \r\n\t\r\nend ",
        BodyKind.BareLineEnds => "one\rtwo\nthree\r\nfour\n\rfive\r",
        BodyKind.Separators => "From here\r\n--\r\n-- \r\n--=_x\r\nFrom there\r\n",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string? Html(MessageCase wanted) => wanted.Body is BodyKind.Html or BodyKind.Alternative
        ? $"<p>Grüße</p>\r\n{(wanted.InlineImages ? $"<img src=\"cid:{ImageId}\">" : "")}\r\n"
        : null;

    private static (AttachmentSource[] Sources, byte[][] Contents) Attachments(AttachmentKind kind)
    {
        (string Name, byte[] Content)[] files = kind switch
        {
            AttachmentKind.None => [],
            AttachmentKind.Empty => [("empty.bin", [])],
            AttachmentKind.Binary => [("data.bin", EveryOctet)],
            AttachmentKind.InternationalName => [("Übersicht 一覧.pdf", EveryOctet)],
            AttachmentKind.LongName =>
                [(string.Concat(Enumerable.Repeat("Langer Name für März ", 8)) + ".pdf", [1, 2, 3])],
            AttachmentKind.OddName => [("a \"b\"; c=d 100%20'x' .bin", [0])],
            AttachmentKind.Several => [("a.bin", [1]), ("a.bin", []), ("c.csv", Text)],
            AttachmentKind.Text => [("notes.txt", Text)],
            AttachmentKind.Message => [("forwarded.eml", Message)],
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        return (
            [.. files.Select(file => AttachmentSource.FromMemory(file.Content, file.Name))],
            [.. files.Select(file => file.Content)]);
    }

    private static MessageDraft WithHeaders(MessageDraft draft, HeaderKind kind) => kind switch
    {
        HeaderKind.None => draft,
        HeaderKind.HighPriority => draft with { Priority = MessagePriority.High },
        HeaderKind.LowPriorityReplyTo => draft with
        {
            Priority = MessagePriority.Low,
            ReplyTo = [Mailbox.Parse("Desk <desk@example.org>"), Mailbox.Parse("two@example.org")],
        },
        HeaderKind.Sender => draft with { Sender = Mailbox.Parse("Secretary <secretary@example.org>") },
        HeaderKind.Custom => draft with
        {
            Headers =
            [
                new("X-Plain", "value"),
                new("X-Script", "Значение 値"),
                new("X-Long", string.Join(' ', Enumerable.Range(1000, 60))),
            ],
        },
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
