using System.Text;

namespace MailAdmin.Interop.Storage;

/// <summary>
/// Reads the fields that delivery put above a message: the envelope (Return-Path, Delivered-To, Envelope-to,
/// Delivery-date) and then one Received with its folded lines (RFC 5321 §4.4). Below that is what was sent.
/// </summary>
public static class StoredMessageReader
{
    private const int LongestTrace = 256 * 1024;

    /// <summary>Reads one delivered file.</summary>
    public static StoredMessage Read(string path)
    {
        var head = new byte[LongestTrace];
        using var file = File.OpenRead(path);
        var text = Encoding.UTF8.GetString(head, 0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        var sender = "";
        var recipients = new List<string>();
        var start = 0;
        while (true)
        {
            var end = FieldEnd(text, start);
            var (name, value) = Split(text[start..end]);
            switch (name.ToLowerInvariant())
            {
                case "return-path":
                    sender = value.Trim('<', '>');
                    break;
                case "delivered-to" or "envelope-to":
                    recipients.AddRange(value.Split(',', StringSplitOptions.TrimEntries));
                    break;
                case "delivery-date":
                    break;
                case "received":
                    return new StoredMessage(path, sender, recipients, value, Encoding.UTF8.GetByteCount(text[..end]));
                default:
                    throw new InvalidDataException($"{path} does not begin with a server's trace but with {name}.");
            }

            start = end;
        }
    }

    private static int FieldEnd(string text, int start)
    {
        var end = text.IndexOf('\n', start) + 1;
        while (end > 0 && end < text.Length && text[end] is ' ' or '\t')
        {
            end = text.IndexOf('\n', end) + 1;
        }

        return end > 0 ? end : throw new InvalidDataException("A delivered file ends within its trace.");
    }

    private static (string Name, string Value) Split(string field)
    {
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? (field, "")
            : (
                field[..colon],
                string.Join(' ', field[(colon + 1)..].Split('\n', StringSplitOptions.TrimEntries)).Trim());
    }
}
