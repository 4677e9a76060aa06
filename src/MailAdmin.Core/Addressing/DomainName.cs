using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MailAdmin.Addressing;

/// <summary>
/// The right-hand side of an address: a host name in its Unicode and its ASCII form (RFC 5890), or an address literal
/// such as <c>[192.0.2.1]</c> (RFC 5321 §4.1.3). Compared without regard to case, by the ASCII form.
/// </summary>
public readonly record struct DomainName
{
    private const int MaxOctets = 255;

    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = false };

    private DomainName(string ascii, string unicode)
    {
        Ascii = ascii;
        Unicode = unicode;
    }

    /// <summary>The form that goes on the wire without SMTPUTF8: lower case, <c>xn--</c> labels.</summary>
    public string Ascii { get; }

    /// <summary>The form that people read.</summary>
    public string Unicode { get; }

    /// <summary>True for <c>[192.0.2.1]</c> and <c>[IPv6:2001:db8::1]</c>.</summary>
    public bool IsLiteral => Ascii is ['[', ..];

    /// <summary>Reads a domain name.</summary>
    /// <exception cref="AddressFormatException">It is not one.</exception>
    public static DomainName Parse(string text) =>
        TryParse(text, out var domain, out var reason)
            ? domain
            : throw AddressFormatException.OfDomain(text, reason);

    /// <summary>
    /// Reads a domain name; on failure <paramref name="reason"/> says what is wrong, else it is empty.
    /// </summary>
    public static bool TryParse(string text, out DomainName domain, out string reason)
    {
        domain = default;
        if (text is ['[', .. var inner, ']'])
        {
            return TryParseLiteral(text, inner, out domain, out reason);
        }

        var name = text.EndsWith('.') ? text[..^1] : text;
        if (name.Length == 0)
        {
            reason = "the domain is empty";
            return false;
        }

        string ascii;
        try
        {
            ascii = name.All(char.IsAscii) ? name.ToLowerInvariant() : Idn.GetAscii(name).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            reason = "the domain is not a valid internationalised name (RFC 5891)";
            return false;
        }

        reason = Fault(ascii);
        if (reason.Length != 0)
        {
            return false;
        }

        domain = new DomainName(ascii, ToUnicode(ascii));
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(DomainName other) => string.Equals(Ascii, other.Ascii, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Ascii ?? "");

    /// <summary>The Unicode form.</summary>
    public override string ToString() => Unicode;

    private static bool TryParseLiteral(string text, string inner, out DomainName domain, out string reason)
    {
        const string V6Tag = "IPv6:";
        var isV6 = inner.StartsWith(V6Tag, StringComparison.OrdinalIgnoreCase);
        var family = isV6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        var number = isV6 ? inner[V6Tag.Length..] : inner;

        // The framework also takes "1" for 0.0.0.1, and ports and zones behind IPv6.
        if (IPAddress.TryParse(number, out var address) && address.AddressFamily == family &&
            (isV6 ? number.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.') : address.ToString() == number))
        {
            domain = new DomainName(text, text);
            reason = "";
            return true;
        }

        domain = default;
        reason = "the address literal holds no IP address (RFC 5321 section 4.1.3)";
        return false;
    }

    private static string ToUnicode(string ascii)
    {
        if (!ascii.Contains("xn--", StringComparison.Ordinal))
        {
            return ascii;
        }

        try
        {
            return Idn.GetUnicode(ascii);
        }
        catch (ArgumentException)
        {
            // Registries have sold names that the rules do not allow; they work, but have no form for people.
            return ascii;
        }
    }

    private static string Fault(string ascii)
    {
        if (ascii.Length > MaxOctets)
        {
            return $"the domain has {ascii.Length} octets, {MaxOctets} are allowed (RFC 5321 section 4.5.3.1.2)";
        }

        foreach (var label in ascii.Split('.'))
        {
            if (label.Length is 0 or > 63)
            {
                return "a label of the domain is empty or longer than 63 octets";
            }

            if (label[0] == '-' || label[^1] == '-')
            {
                return "a label of the domain begins or ends with a hyphen";
            }

            if (!label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                return "the domain has a character that no host name may have";
            }
        }

        return "";
    }
}
