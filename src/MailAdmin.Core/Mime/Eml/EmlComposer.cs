using System.Text;
using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Encodings;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Mime.Eml;

/// <summary>Writes a message as it is, but for the fields that stay hidden and the line ends.</summary>
internal static class EmlComposer
{
    /// <summary>True for the fields that only the sender may see.</summary>
    public static bool IsHidden(HeaderField field) => field.Is("Bcc") || field.Is("Resent-Bcc");

    public static PreparedMessage AsItIs(EmlScanner survey, ContentRange all)
    {
        var buffer = new WireBuffer(survey.Header.Length + 16);
        var usesUtf8 = false;
        foreach (var field in survey.Header.Fields.Where(f => !IsHidden(f)))
        {
            AppendField(buffer, field);
            usesUtf8 |= !Ascii.IsValid(field.Raw.Span);
        }

        buffer.AppendLine();
        var body = new TransformedSegment(
            all with { Start = survey.BodyStart }, () => new LineEndTransform(endLine: true), survey.Body.Length);
        var isEightBit = survey.Body.FirstEightBit > 0;
        return new ComposedMessage(
            buffer, [(buffer.Length, body)], new WireTraits(isEightBit, usesUtf8), [all.Content]);
    }

    public static void AppendField(WireBuffer buffer, HeaderField field)
    {
        var normaliser = default(LineEndNormaliser);
        normaliser.Feed(field.Raw.Span, buffer);
        normaliser.FinishLine(buffer);
    }
}
