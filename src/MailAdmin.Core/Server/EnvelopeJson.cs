using System.Text.Encodings.Web;
using System.Text.Json;
using MailAdmin.Addressing;

namespace MailAdmin.Server;

/// <summary>The envelope of a message and how it came, as JSON. Properties without a value are left out.</summary>
internal static class EnvelopeJson
{
    /// <summary>The file is read by people and by JSON readers, never put into a web page.</summary>
    private static readonly JsonWriterOptions Format = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(ReceivedMessage message)
    {
        using var octets = new MemoryStream();
        using (var json = new Utf8JsonWriter(octets, Format))
        {
            json.WriteStartObject();
            json.WriteString("id", message.Id);
            json.WriteString("receivedAt", message.ReceivedAt);
            json.WriteNumber("size", message.Size);
            WriteMail(json, message.Mail);
            WriteRecipients(json, message.Envelope.Recipients);
            WriteSession(json, message);
            json.WriteEndObject();
        }

        return octets.ToArray();
    }

    private static void WriteMail(Utf8JsonWriter json, SmtpMailCommand mail)
    {
        json.WriteString("from", mail.ReversePath?.ToWireString() ?? "");
        WriteText(json, "envelopeId", mail.EnvelopeId);
        WriteText(json, "return", mail.Return == DsnReturn.Unspecified ? null : mail.Return.ToString());
        WriteText(json, "submitter", mail.Submitter);
        if (mail.DeclaredSize is { } size)
        {
            json.WriteNumber("declaredSize", size);
        }

        json.WriteBoolean("eightBit", mail.IsEightBit);
        json.WriteBoolean("utf8", mail.UsesUtf8);
    }

    private static void WriteRecipients(Utf8JsonWriter json, IReadOnlyList<EnvelopeRecipient> recipients)
    {
        json.WriteStartArray("recipients");
        foreach (var recipient in recipients)
        {
            json.WriteStartObject();
            json.WriteString("to", recipient.Address.ToWireString());
            WriteText(json, "notify", recipient.Notify == DsnNotify.Unspecified ? null : recipient.Notify.ToString());
            WriteText(json, "originalRecipient", recipient.OriginalRecipient?.ToWireString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSession(Utf8JsonWriter json, ReceivedMessage message)
    {
        WriteText(json, "client", message.Session.RemoteEndPoint?.ToString());
        WriteText(json, "hello", message.Session.ClientName);
        WriteText(json, "tls", message.Session.TlsProtocol?.ToString());
        WriteText(json, "user", message.User);
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
