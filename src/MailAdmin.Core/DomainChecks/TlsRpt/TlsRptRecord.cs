namespace MailAdmin.DomainChecks.TlsRpt;

/// <summary>Where senders report faults of TLS (RFC 8460 §3).</summary>
public sealed record TlsRptRecord
{
    internal const string Version = "TLSRPTv1";

    private TlsRptRecord(string text) => Text = text;

    /// <summary>The record.</summary>
    public string Text { get; }

    /// <summary>The addresses (<c>rua=</c>): <c>mailto:</c> and <c>https:</c>, usable ones only.</summary>
    public IReadOnlyList<string> ReportUris { get; private init; } = [];

    /// <summary>What cannot be used, and why.</summary>
    public IReadOnlyList<Phrase> Faults { get; private init; } = [];

    internal static TlsRptRecord Read(string text)
    {
        var tags = TagList.Read(text);
        List<Phrase> faults = [.. tags.Faults];
        List<string> uris = [];
        foreach (var uri in tags.Items("rua", ','))
        {
            if (IsUsable(uri))
            {
                uris.Add(uri);
            }
            else
            {
                faults.Add(new Phrase("TlsRptUri", uri));
            }
        }

        return new TlsRptRecord(text) { ReportUris = uris, Faults = faults };
    }

    private static bool IsUsable(string text) =>
        ReportUri.MailDomainOf(text) is not null ||
        (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps);
}
