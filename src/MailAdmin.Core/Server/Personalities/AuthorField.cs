using MailAdmin.Addressing;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Server.Personalities;

/// <summary>The author that a message names in its header From (RFC 5322 §3.6.2).</summary>
internal static class AuthorField
{
    private const int MostOctets = 256 * 1024;

    /// <summary>The first address of From; null when there is none that can be read.</summary>
    public static EmailAddress? Read(ReceivedMessage message)
    {
        var parser = new HeaderParser();
        var buffer = new byte[8192];
        using var content = message.OpenRead();
        for (var total = 0; !parser.IsComplete && total < MostOctets;)
        {
            var count = content.Read(buffer);
            if (count == 0)
            {
                break;
            }

            parser.Feed(buffer.AsSpan(0, count));
            total += count;
        }

        parser.Complete();
        var text = parser.Fields.FirstOrDefault(field => field.Is("From"))?.Text;
        return text is not null && MailboxParser.TryParseList(text, out var authors, out _, out _) && authors.Count > 0
            ? authors[0].Address
            : null;
    }
}
