using System.Net;
using System.Net.Sockets;

namespace MailAdmin.DomainChecks.Spf;

/// <summary>Writes records to publish.</summary>
internal static class SpfText
{
    /// <summary>The term that covers one address.</summary>
    public static string Term(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return $"{(plain.AddressFamily == AddressFamily.InterNetwork ? "ip4" : "ip6")}:{plain}";
    }

    /// <summary>A record for a domain that has none.</summary>
    /// <param name="addresses">The addresses that send.</param>
    /// <param name="provider">The mail service, if it has one.</param>
    /// <param name="takesMail">Whether the domain takes mail.</param>
    public static string New(IReadOnlyList<IPAddress> addresses, MailProvider? provider, bool takesMail)
    {
        List<string> terms = [.. addresses.Distinct().Select(Term)];
        if (provider is not null)
        {
            terms.Add($"include:{provider.SpfInclude}");
        }

        if (terms.Count == 0 && takesMail)
        {
            // Without any knowledge of who sends, those who receive are the best guess.
            terms.Add("mx");
        }

        return string.Join(' ', [SpfRecord.Version, .. terms, "-all"]);
    }

    /// <summary>A record with more terms, which stand before the one that ends it.</summary>
    public static string With(SpfRecord record, IReadOnlyList<string> terms)
    {
        List<string> words = [.. record.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var end = words.FindIndex(word => word == record.All?.Text || word == record.Redirect?.Text);
        words.InsertRange(end < 0 ? words.Count : end, terms);
        return string.Join(' ', words);
    }
}
