using MailAdmin.Addressing;

namespace MailAdmin.DomainChecks.Dmarc;

/// <summary>The addresses for reports (RFC 9989 §4.7, RFC 9990).</summary>
internal static class DmarcUris
{
    private const string MailTo = "mailto:";

    /// <summary>Reads a list of them; what cannot be used is a fault and left out.</summary>
    public static IReadOnlyList<string> Read(TagList tags, string name, List<Phrase> faults)
    {
        List<string> uris = [];
        foreach (var text in (tags[name] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var size = text.IndexOf('!', StringComparison.Ordinal);
            if (size > 0)
            {
                faults.Add(new Phrase("DmarcReportSize", text));
            }

            var uri = size > 0 ? text[..size] : text;
            if (DomainOf(uri) is not null)
            {
                uris.Add(uri);
            }
            else
            {
                faults.Add(new Phrase("DmarcReportUri", name, text));
            }
        }

        if (tags[name] is not null && uris.Count == 0)
        {
            faults.Add(new Phrase("DmarcNoReportUri", name));
        }

        return uris;
    }

    /// <summary>The domain of a <c>mailto:</c> address; null for other schemes, which nobody serves.</summary>
    public static DomainName? DomainOf(string uri)
    {
        if (!uri.StartsWith(MailTo, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var query = uri.IndexOf('?', StringComparison.Ordinal);
        var address = Uri.UnescapeDataString(uri[MailTo.Length..(query < 0 ? uri.Length : query)]);
        return EmailAddress.TryParse(address, out var parsed, out _) && !parsed.Domain.IsLiteral ? parsed.Domain : null;
    }
}
