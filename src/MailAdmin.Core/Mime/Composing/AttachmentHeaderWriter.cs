using MailAdmin.Mime.Headers;

namespace MailAdmin.Mime.Composing;

/// <summary>The header of an attachment's part, up to and with the blank line (RFC 2183, RFC 2392).</summary>
internal static class AttachmentHeaderWriter
{
    public static void Write(WireBuffer buffer, AttachmentPart part, bool inline, bool utf8)
    {
        var name = part.FileName;
        var writer = new HeaderWriter(buffer, utf8);
        writer.Begin("Content-Type:"u8);
        writer.Token(part.ContentType);
        if (ParameterWriter.IsPlain("name", name))
        {
            ParameterWriter.Write(ref writer, "name", name);
        }
        else
        {
            ParameterWriter.WriteForOutlook(ref writer, "name", name);
        }

        writer.End();
        buffer.Append(part.Encoding.HeaderLine());
        writer.Begin("Content-Disposition:"u8);
        writer.Token(inline ? "inline"u8 : "attachment"u8);
        ParameterWriter.Write(ref writer, "filename", name);
        writer.End();
        if (part.ContentId is { } id)
        {
            buffer.Append("Content-ID: <"u8);
            buffer.Append(id);
            buffer.Append(">\r\n"u8);
        }

        buffer.AppendLine();
    }
}
