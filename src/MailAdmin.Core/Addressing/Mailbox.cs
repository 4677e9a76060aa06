using System.Diagnostics.CodeAnalysis;

namespace MailAdmin.Addressing;

/// <summary>An address with the name that is shown beside it (RFC 5322 §3.4).</summary>
/// <param name="DisplayName">The name, decoded; null or empty for none.</param>
/// <param name="Address">The address.</param>
public sealed record Mailbox(string? DisplayName, EmailAddress Address)
{
    /// <summary>The address alone, without a name.</summary>
    public static implicit operator Mailbox(EmailAddress address) => new(null, address);

    /// <summary>
    /// Reads one mailbox: <c>user@example.com</c>, <c>Name &lt;user@example.com&gt;</c>, <c>"Last, First"
    /// &lt;…&gt;</c>.
    /// </summary>
    /// <exception cref="AddressFormatException">It is not one, or it is more than one.</exception>
    public static Mailbox Parse(string text) =>
        TryParse(text, out var mailbox, out var reason) ? mailbox : throw new AddressFormatException(text, reason);

    /// <summary>Reads one mailbox; on failure <paramref name="reason"/> says what is wrong, else it is empty.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Mailbox? mailbox, out string reason)
    {
        mailbox = null;
        if (MailboxParser.TryParseList(text, out var mailboxes, out _, out reason))
        {
            mailbox = mailboxes is [var only] ? only : null;
            reason = mailboxes.Count switch
            {
                0 => "it is empty",
                1 => "",
                _ => "it holds more than one address",
            };
        }

        return mailbox is not null;
    }

    /// <summary>
    /// Reads a list of mailboxes with commas or semicolons between them, as headers hold them and as people type them;
    /// comments, groups and encoded words are understood. An empty text is an empty list.
    /// </summary>
    /// <exception cref="AddressFormatException">An element is not a mailbox; its text is in the exception.</exception>
    public static IReadOnlyList<Mailbox> ParseList(string text) =>
        MailboxParser.TryParseList(text, out var mailboxes, out var faulty, out var reason)
            ? mailboxes
            : throw new AddressFormatException(faulty, reason);

    /// <summary><c>Name &lt;user@example.com&gt;</c> for people; headers are written by the MIME layer.</summary>
    public override string ToString() =>
        string.IsNullOrEmpty(DisplayName) ? Address.ToString() : $"{DisplayName} <{Address}>";
}
