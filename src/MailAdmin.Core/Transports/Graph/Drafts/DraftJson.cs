using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MailAdmin.Transports.Graph.Drafts;

/// <summary>Writes messages, attachments and upload sessions in Graph's form.</summary>
internal static class DraftJson
{
    // The body is HTML already; to escape it for use within HTML would only make it longer.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A draft, without its files.</summary>
    public static ReadOnlyMemory<byte> Draft(DraftPlan plan, DraftHeader header) => Write(json =>
    {
        json.WriteStartObject();
        WriteMessage(json, plan, header);
        json.WriteEndObject();
    });

    /// <summary>A whole message that is to leave no copy.</summary>
    public static ReadOnlyMemory<byte> WithoutCopy(
        DraftPlan plan, DraftHeader header, IReadOnlyDictionary<DraftPart, byte[]> contents) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("message");
        WriteMessage(json, plan, header);
        if (plan.Files.Count > 0)
        {
            json.WriteStartArray("attachments");
            foreach (var file in plan.Files)
            {
                WriteFile(json, plan, file, contents[file]);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteBoolean("saveToSentItems", false);
        json.WriteEndObject();
    });

    /// <summary>An attachment that goes in one piece.</summary>
    public static ReadOnlyMemory<byte> Attachment(DraftPlan plan, DraftPart file, ReadOnlyMemory<byte> content) =>
        Write(json => WriteFile(json, plan, file, content.Span));

    /// <summary>What an upload is to become.</summary>
    public static ReadOnlyMemory<byte> UploadSession(DraftPlan plan, DraftPart file) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("AttachmentItem");
        json.WriteString("attachmentType", "file");
        json.WriteString("name", file.FileName);
        json.WriteNumber("size", file.Size);
        WriteKind(json, plan, file);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void WriteMessage(Utf8JsonWriter json, DraftPlan plan, DraftHeader header)
    {
        header.Write(json);
        json.WriteStartObject("body");
        json.WriteString("contentType", plan.IsHtml ? "HTML" : "Text");
        json.WriteString("content", plan.Body);
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, DraftPlan plan, DraftPart file, ReadOnlySpan<byte> content)
    {
        json.WriteStartObject();
        json.WriteString("@odata.type", "#microsoft.graph.fileAttachment");
        json.WriteString("name", file.FileName);
        WriteKind(json, plan, file);
        json.WriteBase64String("contentBytes", content);
        json.WriteEndObject();
    }

    private static void WriteKind(Utf8JsonWriter json, DraftPlan plan, DraftPart file)
    {
        json.WriteString("contentType", file.Entity.ContentType);
        if (plan.IsHtml && file.IsInline)
        {
            json.WriteBoolean("isInline", true);
            json.WriteString("contentId", file.ContentId);
        }
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Plain);
        write(json);
        json.Flush();
        return buffer.WrittenMemory;
    }
}
