using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MailAdmin.DomainChecks.Spf;

/// <summary>
/// Expands macros for one sender (RFC 7208 §7.2, §7.3). The macro <c>p</c> is looked up by the caller.
/// </summary>
internal sealed class SpfMacroExpander(SpfSender sender, TimeProvider time)
{
    private const string UnreservedSpecials = "-._~";

    /// <summary>Expands a text that stands in the record of <paramref name="domain"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="domain">What <c>%{d}</c> is.</param>
    /// <param name="validatedName">What <c>%{p}</c> is.</param>
    public string Expand(SpfMacroString text, string domain, string validatedName)
    {
        var expanded = new StringBuilder();
        foreach (var part in text.Parts)
        {
            expanded.Append(part.Literal ?? Transform(part, Value(part.Letter, domain, validatedName)));
        }

        return expanded.ToString();
    }

    private static string Transform(SpfMacroPart part, string value)
    {
        var pieces = value.Split(part.Delimiters.ToCharArray());
        if (part.IsReversed)
        {
            Array.Reverse(pieces);
        }

        var kept = part.Keep == 0 || part.Keep >= pieces.Length ? pieces : pieces[^part.Keep..];
        var joined = string.Join('.', kept);
        return part.IsEscaped ? Escape(joined) : joined;
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)octet;
            if (char.IsAsciiLetterOrDigit(c) || UnreservedSpecials.Contains(c, StringComparison.Ordinal))
            {
                escaped.Append(c);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
            }
        }

        return escaped.ToString();
    }

    private string Value(char letter, string domain, string validatedName) => letter switch
    {
        's' => $"{sender.LocalPart}@{sender.Domain}",
        'l' => sender.LocalPart,
        'o' => sender.Domain,
        'd' => domain,
        'i' => Dotted(),
        'p' => validatedName,
        'h' => sender.Helo,
        'c' => sender.Address.ToString(),
        'r' => sender.Receiver,
        't' => time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        _ => sender.Address.AddressFamily == AddressFamily.InterNetwork ? "in-addr" : "ip6",
    };

    private string Dotted() => sender.Address.AddressFamily == AddressFamily.InterNetwork
        ? sender.Address.ToString()
        : string.Join('.', Convert.ToHexString(sender.Address.GetAddressBytes()).AsEnumerable());
}
