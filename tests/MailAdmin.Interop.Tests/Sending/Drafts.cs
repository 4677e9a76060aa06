using MailAdmin.Addressing;
using MailAdmin.Mime;

namespace MailAdmin.Interop.Sending;

/// <summary>Short messages, each with an id of its own by which it is found on a server's disk.</summary>
internal static class Drafts
{
    /// <summary>A text for one recipient.</summary>
    public static MessageDraft New(string name) => new()
    {
        From = Mailbox.Parse("Sender <sender@example.org>"),
        To = [Mailbox.Parse("to@example.net")],
        Subject = name,
        TextBody = "A text.\r\n",
        MessageId = NewId(name),
    };

    /// <summary>A Message-ID that begins with this.</summary>
    public static string NewId(string name) => $"{name}.{Guid.NewGuid():N}@example.org";
}
