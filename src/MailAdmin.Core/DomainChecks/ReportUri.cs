using MailAdmin.Addressing;

namespace MailAdmin.DomainChecks;

/// <summary>The URIs to which records send reports.</summary>
internal static class ReportUri
{
    private const string MailTo = "mailto:";

    /// <summary>The domain of a <c>mailto:</c> address (RFC 6068); null for what is none.</summary>
    public static DomainName? MailDomainOf(string uri)
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
