namespace MailAdmin.DomainChecks.Dmarc;

/// <summary>The addresses for reports (RFC 9989 §4.7, RFC 9990).</summary>
internal static class DmarcUris
{
    /// <summary>Reads a list of them; what cannot be used is a fault and left out.</summary>
    public static IReadOnlyList<string> Read(TagList tags, string name, List<Phrase> faults)
    {
        List<string> uris = [];
        foreach (var text in tags.Items(name, ','))
        {
            var size = text.IndexOf('!', StringComparison.Ordinal);
            if (size > 0)
            {
                faults.Add(new Phrase("DmarcReportSize", text));
            }

            var uri = size > 0 ? text[..size] : text;
            if (ReportUri.MailDomainOf(uri) is not null)
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
}
