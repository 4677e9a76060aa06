using System.Buffers;
using System.Collections.Frozen;
using MailAdmin.Addressing;

namespace MailAdmin.Mime.Composing;

/// <summary>What a draft may hold; above all nothing that would begin a header line of its own.</summary>
internal static class DraftRules
{
    private const int MaxHeaderNameLength = 76;

    private static readonly SearchValues<char> LineBreakers = SearchValues.Create("\r\n\0");

    private static readonly SearchValues<char> IdChars = SearchValues.Create(
        "!#$%&'*+-/=?^_`{|}~.@[]:0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly FrozenDictionary<string, string> Owned = new Dictionary<string, string>
    {
        ["From"] = "From",
        ["Sender"] = "Sender",
        ["Reply-To"] = "ReplyTo",
        ["To"] = "To",
        ["Cc"] = "Cc",
        ["Bcc"] = "Bcc",
        ["Resent-Bcc"] = "Bcc",
        ["Subject"] = "Subject",
        ["Date"] = "Date",
        ["Message-ID"] = "MessageId",
        ["MIME-Version"] = "",
        ["Content-Type"] = "",
        ["Content-Transfer-Encoding"] = "",
        ["Content-Disposition"] = "",
        ["Content-ID"] = "",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static void Check(MessageDraft draft)
    {
        CheckText(draft.Subject, "InvalidSubject", "The subject");
        CheckName(draft.From);
        CheckName(draft.Sender);
        CheckNames(draft.ReplyTo);
        CheckNames(draft.To);
        CheckNames(draft.Cc);
        CheckNames(draft.Bcc);
        for (var i = 0; i < draft.Headers.Count; i++)
        {
            CheckHeader(draft.Headers[i]);
        }

        for (var i = 0; i < draft.InlineAttachments.Count; i++)
        {
            CheckId(draft.InlineAttachments[i].ContentId, "InvalidContentId", "The content id of an inline attachment");
        }

        if (draft.MessageId is { } id)
        {
            CheckId(id.Trim('<', '>'), "InvalidMessageId", "The Message-ID");
        }
    }

    public static MessageException NoSender() =>
        new(
            "NoSender",
            MailErrorKind.InvalidInput,
            "The message has no From address.",
            "Say who sends it: set From.");

    public static MessageException NoRecipient() =>
        new(
            "NoRecipient",
            MailErrorKind.InvalidInput,
            "The message has no recipient.",
            "Name at least one recipient in To, Cc or Bcc.");

    private static void CheckNames(IReadOnlyList<Mailbox> mailboxes)
    {
        for (var i = 0; i < mailboxes.Count; i++)
        {
            CheckName(mailboxes[i]);
        }
    }

    private static void CheckName(Mailbox? mailbox) =>
        CheckText(mailbox?.DisplayName, "InvalidDisplayName", "The display name of an address");

    private static void CheckHeader(MessageHeader header)
    {
        var name = header.Name;
        if (name.Length is 0 or > MaxHeaderNameLength || name.Any(c => c is <= ' ' or > '~' or ':'))
        {
            throw new MessageException(
                "InvalidHeaderName",
                MailErrorKind.InvalidInput,
                "The name of a header is empty, too long or has a character that no header name may have.",
                $"Use up to {MaxHeaderNameLength} printable ASCII characters without spaces and colons " +
                "(RFC 5322 section 2.2).");
        }

        if (Owned.TryGetValue(name, out var property))
        {
            throw new MessageException(
                "ReservedHeader",
                MailErrorKind.InvalidInput,
                $"The header '{name}' cannot be set by hand.",
                property.Length == 0 ? "Leave it out; it is written to suit the content." : $"Set {property} instead.");
        }

        CheckText(header.Value, "InvalidHeaderValue", $"The value of the header '{name}'");
    }

    private static void CheckText(string? text, string errorId, string what)
    {
        if (text.AsSpan().ContainsAny(LineBreakers))
        {
            throw new MessageException(
                errorId,
                MailErrorKind.InvalidInput,
                $"{what} contains a line break or a NUL character.",
                "Remove it; text that came from a form or a file may end in one.");
        }
    }

    private static void CheckId(string id, string errorId, string what)
    {
        if (id.Length is 0 or > 250 || id.AsSpan().ContainsAnyExcept(IdChars))
        {
            throw new MessageException(
                errorId,
                MailErrorKind.InvalidInput,
                $"{what} is empty, too long or has a character that it may not have.",
                "Use ASCII letters, digits and dots, as in logo1 or 20260131.1@example.com (RFC 5322 section 3.6.4).");
        }
    }
}
