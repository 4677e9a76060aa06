namespace MailAdmin.Addressing;

/// <summary>
/// Reads what stands in To, Cc or Reply-To, or what people type there (RFC 5322 §3.4):
/// <code>
/// anna@example.com
/// "Meyer, Anna" &lt;anna@example.com&gt;, bob@example.com (Bob); carol@example.com
/// Team: dan@example.com, eve@example.com;
/// </code>
/// A semicolon separates like a comma, as mail programs have it. Display names are taken as they stand: encoded words
/// are for the MIME layer.
/// </summary>
public static class MailboxList
{
    /// <summary>Reads any number of mailboxes; none for an empty text or an empty group.</summary>
    /// <exception cref="AddressFormatException">One of them is malformed, or there is a line break or a NUL character.</exception>
    public static IReadOnlyList<Mailbox> Parse(string text)
    {
        var mailboxes = new List<Mailbox>();
        var reader = new MailboxListReader(text);
        while (reader.TryRead(out var mailbox))
        {
            mailboxes.Add(mailbox);
        }

        return mailboxes;
    }

    /// <summary>Reads exactly one mailbox.</summary>
    /// <exception cref="AddressFormatException">It is malformed, or there is none, or more than one.</exception>
    public static Mailbox ParseOne(string text) =>
        Parse(text) is [var only] ? only : throw new AddressFormatException(text, "exactly one address is needed here");
}
