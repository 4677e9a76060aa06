using System.Text;
using System.Text.Unicode;
using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Mime.Eml;

/// <summary>Why a message cannot go out as it is, by the line where that is.</summary>
internal static class EmlObstacles
{
    private const string Remedy = "Send it with re-encoding, which changes only the encoding of the parts in question.";

    /// <summary>Refuses what has no header section or a broken one.</summary>
    /// <exception cref="MessageException">NotAMessage or InvalidMessageHeader.</exception>
    public static void CheckHeader(HeaderParser header, string name)
    {
        if (header.Fields.Count == 0)
        {
            throw new MessageException(
                "NotAMessage",
                MailErrorKind.InvalidInput,
                $"'{name}' is not an e-mail message: it does not begin with header fields.",
                "An .eml file begins with lines such as 'From: …' and 'Subject: …'.");
        }

        if (header.MalformedLine > 0)
        {
            throw new MessageException(
                "InvalidMessageHeader",
                MailErrorKind.InvalidInput,
                $"Line {header.MalformedLine} of '{name}' is neither a header field nor the empty line that ends " +
                "the header.",
                "Correct that line: a field is 'Name: value', and a line that goes on begins with a space.");
        }
    }

    /// <summary>The first obstacle to sending it to such a server, or null.</summary>
    public static MessageException? First(EmlScanner survey, WireFormat format)
    {
        foreach (var field in survey.Header.Fields.Where(f => !EmlComposer.IsHidden(f)))
        {
            if (OfField(field, format) is { } obstacle)
            {
                return obstacle;
            }
        }

        var body = survey.Body;
        return body.FirstNul > 0 ? Nul(body.FirstNul)
            : body.FirstTooLong > 0 ? TooLong(body.FirstTooLong)
            : body.FirstEightBit > 0 && !format.EightBit ? EightBit(body.FirstEightBit)
            : null;
    }

    /// <summary>The obstacle that a header field is, or null.</summary>
    public static MessageException? OfField(HeaderField field, WireFormat format)
    {
        var octets = field.Raw.Span;
        if (octets.Contains((byte)0))
        {
            return Nul(field.Line);
        }

        if (!Ascii.IsValid(octets) && !(format.Utf8Headers && Utf8.IsValid(octets)))
        {
            return new MessageException(
                "MessageNeedsSmtpUtf8",
                MailErrorKind.NotSupported,
                $"The header '{field.Name}' in line {field.Line} of the message has unencoded non-ASCII characters, " +
                "which only a server that offers SMTPUTF8 takes, and only in UTF-8.",
                Remedy);
        }

        while (!octets.IsEmpty)
        {
            var end = octets.IndexOfAny((byte)'\r', (byte)'\n');
            if ((end < 0 ? octets.Length : end) > TextTraits.MaxLine)
            {
                return TooLong(field.Line);
            }

            octets = end < 0 ? default : octets[(end + 1)..];
        }

        return null;
    }

    private static MessageException Nul(long line) =>
        new(
            "MessageHasNul",
            MailErrorKind.InvalidInput,
            $"Line {line} of the message has a NUL, which no server takes (RFC 5322 section 2.2).",
            Remedy);

    private static MessageException TooLong(long line) =>
        new(
            "MessageLineTooLong",
            MailErrorKind.InvalidInput,
            $"Line {line} of the message has more than {TextTraits.MaxLine} octets, which no server takes (RFC " +
            "5321 section 4.5.3.1.6).",
            Remedy);

    private static MessageException EightBit(long line) =>
        new(
            "MessageNeeds8BitMime",
            MailErrorKind.NotSupported,
            $"Line {line} of the message has 8-bit characters, and the server does not offer 8BITMIME.",
            Remedy);
}
