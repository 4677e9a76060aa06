using System.Diagnostics.CodeAnalysis;
using MailAdmin.Addressing;
using MailAdmin.Dns;

namespace MailAdmin.DomainChecks.Spf;

/// <summary>Texts from records and envelopes as names to ask for.</summary>
internal static class SpfName
{
    private const int MaxLength = 253;

    /// <summary>The <c>xn--</c> form of a name that has one (RFC 8616 §4), else the text as it is.</summary>
    public static string Ascii(string name) =>
        !name.All(char.IsAscii) && DomainName.TryParse(name, out var domain, out _) ? domain.Ascii : name;

    /// <summary>The domain of a sender, which must have two labels and obey the DNS (RFC 7208 §4.3).</summary>
    public static bool TryMakeDomain(string text, [NotNullWhen(true)] out DnsName? name) =>
        TryMake(text, out name) && name.LabelCount > 1 && text[0] != '[';

    /// <summary>
    /// An expanded name, shortened from the left if it is too long (RFC 7208 §7.3). Names with other characters than
    /// ASCII match nothing (RFC 8616 §4), nor do those that the DNS cannot hold.
    /// </summary>
    public static bool TryMake(string text, [NotNullWhen(true)] out DnsName? name)
    {
        var whole = text.EndsWith('.') ? text[..^1] : text;
        while (whole.Length > MaxLength && whole.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot)
        {
            whole = whole[(dot + 1)..];
        }

        name = null;
        var isName = whole.Length > 0 && whole.All(char.IsAscii)
            && DnsName.TryParse(whole.Replace("\\", "\\\\", StringComparison.Ordinal), out name, out _);
        return isName && name is not null;
    }
}
