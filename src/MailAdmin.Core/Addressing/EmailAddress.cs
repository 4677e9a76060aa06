using System.Globalization;
using System.Text;

namespace MailAdmin.Addressing;

/// <summary>
/// One address without a display name (RFC 5321 §4.1.2, RFC 6531 for non-ASCII local parts):
/// <code>
/// address    = local-part "@" domain          ; at most 254 octets (RFC 3696, erratum 1690)
/// local-part = atom *("." atom) / quoted      ; at most 64 octets, keeps its case
/// </code>
/// </summary>
public sealed record EmailAddress
{
    private const int MaxLocalOctets = 64;
    private const int MaxOctets = 254;
    private const string AtextSpecials = "!#$%&'*+-/=?^_`{|}~";

    private EmailAddress(string localPart, DomainName domain)
    {
        LocalPart = localPart;
        Domain = domain;
    }

    /// <summary>What stands before the @, without quotes or escapes.</summary>
    public string LocalPart { get; }

    /// <summary>What stands behind the @.</summary>
    public DomainName Domain { get; }

    /// <summary>True when the local part has non-ASCII characters, so that the server must offer SMTPUTF8.</summary>
    public bool RequiresSmtpUtf8 => !Ascii.IsValid(LocalPart);

    /// <summary>Reads one bare address such as <c>user@example.com</c> or <c>"a b"@example.com</c>.</summary>
    /// <exception cref="AddressFormatException">It is not one, or a part is too long.</exception>
    public static EmailAddress Parse(string text) =>
        TryParse(text, out var address, out var reason) ? address : throw new AddressFormatException(text, reason);

    /// <summary>
    /// Reads one bare address; on failure <paramref name="reason"/> says what is wrong, else it is empty.
    /// </summary>
    public static bool TryParse(
        string text,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out EmailAddress? address,
        out string reason)
    {
        address = null;
        reason = CharacterFault(text);
        if (reason.Length != 0)
        {
            return false;
        }

        var at = text.LastIndexOf('@');
        if (at < 0)
        {
            reason = "it has no @";
            return false;
        }

        if (!TryReadLocalPart(text[..at], out var localPart, out reason) ||
            !DomainName.TryParse(text[(at + 1)..], out var domain, out reason))
        {
            return false;
        }

        var read = new EmailAddress(localPart, domain);
        var octets = Encoding.UTF8.GetByteCount(read.ToWireString());
        if (octets > MaxOctets)
        {
            reason = $"it has {octets} octets, {MaxOctets} are allowed (RFC 5321 section 4.5.3.1.3)";
            return false;
        }

        address = read;
        return true;
    }

    /// <summary>The form for the envelope and for headers: quoted where it must be, the domain in ASCII.</summary>
    public string ToWireString() => $"{QuotedLocalPart()}@{Domain.Ascii}";

    /// <summary>The form that people read: the domain in Unicode.</summary>
    public override string ToString() => $"{QuotedLocalPart()}@{Domain.Unicode}";

    /// <summary>
    /// Characters that no address has in any place, and that come from copying out of documents and forms.
    /// </summary>
    private static string CharacterFault(string text)
    {
        if (text.AsSpan().ContainsAny('\r', '\n', '\0'))
        {
            return "it contains a line break or a NUL character";
        }

        if (text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])))
        {
            return "it begins or ends with a space";
        }

        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || rune == Rune.ReplacementChar ||
                (rune.Value != ' ' && Rune.IsWhiteSpace(rune)) ||
                Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format)
            {
                return $"it contains the invisible or broken character U+{rune.Value:X4}";
            }
        }

        return "";
    }

    private static bool TryReadLocalPart(string text, out string localPart, out string reason)
    {
        localPart = text;
        if (text is ['"', .., '"'])
        {
            if (!TryUnquote(text.AsSpan(1, text.Length - 2), out localPart))
            {
                reason = "the quoted part before the @ is malformed";
                return false;
            }
        }
        else if (!IsDotAtom(text))
        {
            reason = text.Length == 0
                ? "nothing stands before the @"
                : "the part before the @ has a character or a dot that must not stand there unquoted";
            return false;
        }

        var octets = Encoding.UTF8.GetByteCount(localPart);
        reason = octets > MaxLocalOctets
            ? $"the part before the @ has {octets} octets, {MaxLocalOctets} are allowed (RFC 5321 section 4.5.3.1.1)"
            : "";
        return reason.Length == 0;
    }

    private static bool TryUnquote(ReadOnlySpan<char> inner, out string value)
    {
        var plain = new StringBuilder(inner.Length);
        value = "";
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '"' || (inner[i] == '\\' && ++i == inner.Length))
            {
                return false;
            }

            plain.Append(inner[i]);
        }

        value = plain.ToString();
        return true;
    }

    private static bool IsDotAtom(string text) =>
        text.Length > 0 && text[0] != '.' && text[^1] != '.' &&
        !text.Contains("..", StringComparison.Ordinal) &&
        text.All(c => c == '.' || char.IsAsciiLetterOrDigit(c) || AtextSpecials.Contains(c) || c > '\x7F');

    private string QuotedLocalPart() => IsDotAtom(LocalPart) ? LocalPart : $"\"{Escape(LocalPart)}\"";

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal);
}
