using System.Security.Cryptography;
using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Interop.Judging;
using MailAdmin.Mime;

namespace MailAdmin.Interop.Composing;

/// <summary>Whether somebody else's parser reads in a message what was meant by it, and nothing else.</summary>
internal static class Understanding
{
    private const int MaxLine = 998;
    private const int MaxEncodedWord = 75;

    /// <summary>
    /// Mail programs that do not know RFC 2231 read an encoded word in the parameter name, where RFC 2047 forbids it.
    /// </summary>
    public static IReadOnlyList<string> NameForOldReaders { get; } =
    [
        "Content-Type: InvalidHeaderDefect('encoded word inside quoted string')",
        "Content-Type: InvalidHeaderDefect('missing trailing whitespace after encoded-word')",
    ];

    /// <summary>Fails at the first difference.</summary>
    public static void AssertSame(Composition meant, JudgedMessage read)
    {
        AssertForm(meant.Draft, read);
        AssertHeader(meant.Draft, read);
        Assert.Equal(Structure(meant.Draft), Structure(read.Body));
        AssertBodies(meant, [.. Leaves(read.Body)]);
    }

    private static void AssertForm(MessageDraft draft, JudgedMessage read)
    {
        Assert.All(read.Defects, defect => Assert.True(IsIntended(defect), defect));
        Assert.InRange(read.LongestLine, 1, MaxLine);
        Assert.InRange(read.LongestEncodedWord, 0, MaxEncodedWord);
        Assert.Equal(0, read.BareCarriageReturns);
        IEnumerable<Mailbox?> shown = [draft.From, draft.Sender, .. draft.ReplyTo, .. draft.To, .. draft.Cc];
        Assert.Equal(shown.Any(mailbox => mailbox is { Address.RequiresSmtpUtf8: true }), read.EightBitHead);
    }

    private static void AssertHeader(MessageDraft draft, JudgedMessage read)
    {
        Assert.Equal(draft.Subject, read.Subject);
        Assert.Equal(Named([draft.From!]), read.From);
        Assert.Equal(draft.Sender is { } sender ? Named([sender]) : null, read.Sender);
        Assert.Equal(Named(draft.To), read.To);
        Assert.Equal(Named(draft.Cc), read.Cc);
        Assert.Equal(Named(draft.ReplyTo), read.ReplyTo);
        Assert.Null(read.Bcc);
        Assert.NotNull(read.Date);
        Assert.Equal(draft.Date ?? read.Date, read.Date);
        Assert.Equal(draft.MessageId ?? read.MessageId, read.MessageId);
        Assert.Equal(
            draft.Priority switch { MessagePriority.High => ["1"], MessagePriority.Low => ["5"], _ => (string[])[] },
            read.Body.Field("X-Priority"));
        Assert.All(draft.Headers, header => Assert.Equal([header.Value], read.Body.Field(header.Name)));
    }

    private static void AssertBodies(Composition meant, List<JudgedPart> parts)
    {
        var draft = meant.Draft;
        var isSingle = parts.Count == 1;
        if (HasText(draft))
        {
            AssertText(draft.TextBody ?? "", parts[0], isSingle);
            parts.RemoveAt(0);
        }

        if (draft.HtmlBody is not null)
        {
            AssertText(draft.HtmlBody, parts[0], isSingle);
            parts.RemoveAt(0);
        }

        AttachmentSource[] sources = [.. draft.InlineAttachments.Select(inline => inline.Source), .. draft.Attachments];
        Assert.Equal(sources.Select(source => source.FileName), parts.Select(part => part.FileName));
        Assert.Equal(
            draft.InlineAttachments.Select(inline => inline.ContentId),
            parts.Take(meant.Shown.Count).Select(part => part.ContentId));
        foreach (var (content, part) in meant.Shown.Concat(meant.Attached).Zip(parts))
        {
            AssertContent(content, part);
        }
    }

    /// <summary>A text that stands alone ends with a line end, as every message does.</summary>
    private static void AssertText(string meant, JudgedPart part, bool isSingle)
    {
        var lines = meant.ReplaceLineEndings("\n");
        Assert.Equal(isSingle && lines.Length > 0 && !lines.EndsWith('\n') ? lines + "\n" : lines, part.Text);
    }

    /// <summary>
    /// A message within a message has no octets of its own for a parser; its text is compared instead.
    /// </summary>
    private static void AssertContent(byte[] meant, JudgedPart part)
    {
        if (part.Type != "message/rfc822")
        {
            Assert.Equal(meant.Length, part.Length);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(meant)), part.Sha256);
            return;
        }

        var text = Encoding.UTF8.GetString(meant).ReplaceLineEndings("\n");
        Assert.Equal(
            text[(text.IndexOf("\n\n", StringComparison.Ordinal) + 2)..].TrimEnd(), part.Parts[0].Text!.TrimEnd());
    }

    /// <summary>The types of the tree, as RFC 2046 and RFC 2387 nest them.</summary>
    private static IEnumerable<string> Structure(MessageDraft draft)
    {
        var plain = HasText(draft) ? new[] { "text/plain" } : [];
        var isRelated = draft.HtmlBody is not null && draft.InlineAttachments.Count > 0;
        string[] html = draft.HtmlBody is null ? [] : isRelated
            ? ["multipart/related", "text/html", .. draft.InlineAttachments.Select(inline => inline.Source.ContentType)]
            : ["text/html"];
        string[] text = [.. plain, .. html];
        if (plain.Length > 0 && html.Length > 0)
        {
            text = ["multipart/alternative", .. text];
        }

        string[] attached =
        [
            .. isRelated ? [] : draft.InlineAttachments.Select(inline => inline.Source.ContentType),
            .. draft.Attachments.Select(source => source.ContentType),
        ];
        return attached.Length == 0 ? text : ["multipart/mixed", .. text, .. attached];
    }

    private static IEnumerable<string> Structure(JudgedPart part) =>
        IsMultipart(part) ? part.Parts.SelectMany(Structure).Prepend(part.Type) : [part.Type];

    private static IEnumerable<JudgedPart> Leaves(JudgedPart part) =>
        IsMultipart(part) ? part.Parts.SelectMany(Leaves) : [part];

    private static bool IsMultipart(JudgedPart part) => part.Type.StartsWith("multipart/", StringComparison.Ordinal);

    // RFC 6532 allows letters beyond ASCII before the @, whatever Python thinks of them.
    private static bool IsIntended(string defect) =>
        NameForOldReaders.Contains(defect) || defect.Contains("NonASCIILocalPartDefect", StringComparison.Ordinal);

    private static bool HasText(MessageDraft draft) => draft.TextBody is not null || draft.HtmlBody is null;

    private static IEnumerable<JudgedAddress>? Named(IReadOnlyCollection<Mailbox> mailboxes) => mailboxes.Count == 0
        ? null
        : mailboxes.Select(
            mailbox => new JudgedAddress(null, mailbox.DisplayName ?? "", mailbox.Address.ToWireString()));
}
