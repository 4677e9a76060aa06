using MailAdmin.Addressing;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Mime.Eml;

/// <summary>
/// The envelope's addresses from header fields. Of a message that was resent the newest block of Resent- fields counts,
/// which is the first (RFC 5322 §3.6.6).
/// </summary>
internal static class EmlAddresses
{
    private const string Resent = "Resent-";

    private static readonly string[] Recipient = ["To", "Cc", "Bcc"];

    public static EmailAddress? Sender(IReadOnlyList<HeaderField> fields)
    {
        var resent = ResentBlock(fields);
        foreach (var name in new[] { Resent + "Sender", Resent + "From", "Sender", "From" })
        {
            var block = name.StartsWith(Resent, StringComparison.Ordinal) ? resent : fields;
            if (block.FirstOrDefault(f => f.Is(name)) is { } field && Mailbox.ParseList(field.Text) is [var first, ..])
            {
                return first.Address;
            }
        }

        return null;
    }

    public static IReadOnlyList<EmailAddress> Recipients(IReadOnlyList<HeaderField> fields)
    {
        var resent = Read(ResentBlock(fields), Recipient.Select(n => Resent + n));
        return resent.Count > 0 ? resent : Read(fields, Recipient);
    }

    private static List<EmailAddress> Read(IReadOnlyList<HeaderField> fields, IEnumerable<string> names) =>
        names.SelectMany(name => fields.Where(f => f.Is(name)))
            .SelectMany(f => Mailbox.ParseList(f.Text))
            .Select(m => m.Address)
            .ToList();

    private static List<HeaderField> ResentBlock(IReadOnlyList<HeaderField> fields)
    {
        var block = new List<HeaderField>();
        foreach (var field in fields.SkipWhile(f => !IsResent(f)).TakeWhile(IsResent))
        {
            if (block.Any(f => f.Is(field.Name)))
            {
                break;
            }

            block.Add(field);
        }

        return block;
    }

    private static bool IsResent(HeaderField field) =>
        field.Name.StartsWith(Resent, StringComparison.OrdinalIgnoreCase);
}
