using System.Text.Json;
using MailAdmin.Addressing;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Transports.Graph.Drafts;

/// <summary>
/// What of a message's header a draft can have: subject, importance, people, the Message-ID, and a few fields of one's
/// own whose names begin with X-. Everything else is Exchange's to write.
/// </summary>
internal sealed class DraftHeader
{
    private const string Signature = "DKIM-Signature";

    // What has a place of its own in a draft, or is about the form that Exchange makes anew.
    private static readonly HashSet<string> Placed = new(StringComparer.OrdinalIgnoreCase)
    {
        "From", "Sender", "To", "Cc", "Bcc", "Reply-To", "Subject", "Message-ID", "Date", "Importance", "Priority",
        "X-Priority", "X-Unsent", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition",
        Signature,
    };

    private readonly GraphMail _mail;
    private readonly HeaderField[] _own;

    public DraftHeader(GraphMail mail, GraphLimits limits)
    {
        _mail = mail;
        var free = mail.Fields.Where(f => !Placed.Contains(f.Name)).ToArray();
        var own = free.Where(f => f.Name.StartsWith("X-", StringComparison.OrdinalIgnoreCase));
        _own = [.. own.Take(limits.MaxHeaderFields)];
        Lost = [.. free.Except(_own).Select(f => f.Name).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The names of the fields that a draft has no place for.</summary>
    public IReadOnlyList<string> Lost { get; }

    /// <summary>True when the message was signed, which does not outlive its being taken apart.</summary>
    public bool LosesSignature => _mail.Fields.Any(f => f.Is(Signature));

    /// <summary>Writes the members of the draft that say what the header says.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("subject", Field("Subject")?.Value ?? "");
        json.WriteString("importance", Importance);
        if (Field("Message-ID")?.Text is { Length: > 0 } id)
        {
            json.WriteString("internetMessageId", id);
        }

        WritePerson(json, "from", "From");
        WritePerson(json, "sender", "Sender");
        WritePeople(json, "replyTo", GraphEnvelope.Addresses(_mail.Fields, "Reply-To"));
        WritePeople(json, "toRecipients", GraphEnvelope.Addresses(_mail.Fields, "To"));
        WritePeople(json, "ccRecipients", GraphEnvelope.Addresses(_mail.Fields, "Cc"));
        WritePeople(json, "bccRecipients", _mail.Envelope.Hidden);
        if (_own.Length > 0)
        {
            json.WriteStartArray("internetMessageHeaders");
            foreach (var field in _own)
            {
                json.WriteStartObject();
                json.WriteString("name", field.Name);
                json.WriteString("value", field.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    private string Importance => (Field("Importance")?.Value.ToLowerInvariant(), Field("X-Priority")?.Value) switch
    {
        ("high", _) or (null, ['1' or '2', ..]) => "high",
        ("low", _) or (null, ['4' or '5', ..]) => "low",
        _ => "normal",
    };

    private HeaderField? Field(string name) => _mail.Fields.FirstOrDefault(f => f.Is(name));

    private void WritePerson(Utf8JsonWriter json, string member, string field)
    {
        if (GraphEnvelope.Addresses(_mail.Fields, field) is [var first, ..])
        {
            json.WritePropertyName(member);
            Write(json, first);
        }
    }

    private static void WritePeople(Utf8JsonWriter json, string member, IReadOnlyList<Mailbox> people)
    {
        if (people.Count == 0)
        {
            return;
        }

        json.WriteStartArray(member);
        foreach (var person in people)
        {
            Write(json, person);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Mailbox person)
    {
        json.WriteStartObject();
        json.WriteStartObject("emailAddress");
        if (!string.IsNullOrEmpty(person.DisplayName))
        {
            json.WriteString("name", person.DisplayName);
        }

        json.WriteString("address", person.Address.ToString());
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
