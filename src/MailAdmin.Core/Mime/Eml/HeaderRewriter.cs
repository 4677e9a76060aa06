using MailAdmin.Addressing;
using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Mime.Eml;

/// <summary>Writes header fields anew that cannot go out as they are: encoded by their kind, and folded.</summary>
internal static class HeaderRewriter
{
    /// <summary>Writes the field as it is when the server takes it so, else anew.</summary>
    /// <exception cref="MessageException">It cannot be written so that the server takes it.</exception>
    public static void Write(WireBuffer buffer, HeaderField field, WireFormat format)
    {
        if (EmlObstacles.OfField(field, format) is null)
        {
            EmlComposer.AppendField(buffer, field);
            return;
        }

        var writer = new HeaderWriter(buffer, utf8: false);
        var start = buffer.Length;
        writer.Begin(field.Name);
        if (FieldKinds.IsAddress(field.Name))
        {
            AddressWriter.Write(ref writer, ReadAddresses(field));
        }
        else if (FieldKinds.HasParameters(field.Name))
        {
            WriteParameters(ref writer, field.ToContentField());
        }
        else
        {
            UnstructuredWriter.Write(ref writer, field.Value.Replace('\0', '\uFFFD'), FieldKinds.MaxWord(field.Name));
        }

        writer.End();
        var written = new HeaderField(buffer.Written[start..].ToArray(), field.Name.Length, 0, field.Line);
        if (EmlObstacles.OfField(written, format) is { } obstacle)
        {
            throw obstacle;
        }
    }

    private static IReadOnlyList<Mailbox> ReadAddresses(HeaderField field)
    {
        try
        {
            return Mailbox.ParseList(field.Text.Replace('\0', '\uFFFD'));
        }
        catch (AddressFormatException e)
        {
            throw new MessageException(
                "InvalidMessageHeader",
                MailErrorKind.InvalidInput,
                $"The header '{field.Name}' in line {field.Line} of the message must be encoded, but cannot be " +
                $"read: {e.Message}",
                "Correct that line.",
                e);
        }
    }

    private static void WriteParameters(ref HeaderWriter writer, ContentField content)
    {
        writer.Token(content.Value.Replace('\0', ' '));
        foreach (
            var (name, value) in content.Parameters.Where(p => !p.Key.AsSpan().ContainsAnyExcept(HeaderChars.Token)))
        {
            ParameterWriter.Write(ref writer, name, value);
        }
    }
}
