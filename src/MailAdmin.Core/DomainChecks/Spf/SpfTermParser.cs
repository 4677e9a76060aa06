using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MailAdmin.DomainChecks.Spf;

/// <summary>
/// Reads one term of a record (RFC 7208 §12):
/// <code>
/// directive = [ "+" / "-" / "?" / "~" ] mechanism
/// modifier  = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." ) "=" macro-string
/// </code>
/// </summary>
internal static class SpfTermParser
{
    private const int MostBits4 = 32;
    private const int MostBits6 = 128;

    /// <summary>Reads the term into one of the lists, or says what is wrong with it.</summary>
    public static Phrase? Read(string term, List<SpfMechanism> mechanisms, List<SpfModifier> modifiers)
    {
        var equals = NameLength(term);
        if (equals > 0 && equals < term.Length && term[equals] == '=')
        {
            return Modifier(term, equals, modifiers);
        }

        var verdict = term[0] switch
        {
            '-' => SpfVerdict.Fail,
            '~' => SpfVerdict.SoftFail,
            '?' => SpfVerdict.Neutral,
            _ => SpfVerdict.Pass,
        };
        var body = term[0] is '+' or '-' or '~' or '?' ? term[1..] : term;
        var name = body[..NameLength(body)];
        if (!Enum.TryParse<SpfMechanismKind>(name, ignoreCase: true, out var kind))
        {
            return term.Any(c => !char.IsBetween(c, '!', '~'))
                ? new Phrase("SpfCharacterInTerm", term)
                : new Phrase("SpfUnknownTerm", term);
        }

        var fault = Mechanism(new SpfMechanism(term, verdict, kind), body[name.Length..], out var mechanism);
        mechanisms.Add(mechanism);
        return fault is null ? null : new Phrase("SpfTerm", term, fault);
    }

    private static Phrase? Modifier(string term, int equals, List<SpfModifier> modifiers)
    {
        var modifier = new SpfModifier(term, term[..equals], null!);
        var text = term[(equals + 1)..];
        var fault = modifier.IsKnown
            ? SpfMacroString.ReadDomainSpec(text, out var value)
            : SpfMacroString.ReadValue(text, out value);
        if (fault is not null)
        {
            return new Phrase("SpfTerm", term, fault);
        }

        modifiers.Add(modifier with { Value = value! });
        return null;
    }

    private static Phrase? Mechanism(SpfMechanism bare, string rest, out SpfMechanism mechanism)
    {
        mechanism = bare;
        switch (bare.Kind)
        {
            case SpfMechanismKind.All:
                return rest.Length == 0 ? null : new Phrase("SpfArgumentUnexpected");

            case SpfMechanismKind.Ip4:
                return Network(rest, AddressFamily.InterNetwork, ref mechanism);

            case SpfMechanismKind.Ip6:
                return Network(rest, AddressFamily.InterNetworkV6, ref mechanism);

            case SpfMechanismKind.A or SpfMechanismKind.Mx:
                return Prefixes(ref rest, ref mechanism) ?? Domain(rest, isRequired: false, ref mechanism);

            default:
                return Domain(rest, bare.Kind != SpfMechanismKind.Ptr, ref mechanism);
        }
    }

    private static Phrase? Domain(string rest, bool isRequired, ref SpfMechanism mechanism)
    {
        if (rest.Length == 0)
        {
            return isRequired ? new Phrase("SpfDomainEmpty") : null;
        }

        if (rest[0] != ':')
        {
            return new Phrase("SpfArgumentUnexpected");
        }

        var fault = SpfMacroString.ReadDomainSpec(rest[1..], out var domain);
        mechanism = mechanism with { Domain = domain };
        return fault;
    }

    /// <summary>
    /// dual-cidr-length = [ "/" bits ] [ "//" bits ], at the end; a slash before may belong to the name.
    /// </summary>
    private static Phrase? Prefixes(ref string rest, ref SpfMechanism mechanism)
    {
        if (TryCut(ref rest, "//", out var digits))
        {
            if (!TryBits(digits, MostBits6, out var bits))
            {
                return new Phrase("SpfPrefixLength", digits, MostBits6);
            }

            mechanism = mechanism with { Prefix6 = bits };
        }

        if (TryCut(ref rest, "/", out digits))
        {
            if (!TryBits(digits, MostBits4, out var bits))
            {
                return new Phrase("SpfPrefixLength", digits, MostBits4);
            }

            mechanism = mechanism with { Prefix4 = bits };
        }

        return null;
    }

    private static Phrase? Network(string rest, AddressFamily family, ref SpfMechanism mechanism)
    {
        if (rest is not [':', ..])
        {
            return new Phrase("SpfAddress", rest);
        }

        var text = rest[1..];
        var most = family == AddressFamily.InterNetwork ? MostBits4 : MostBits6;
        var bits = most;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && !TryBits(text[(slash + 1)..], most, out bits))
        {
            return new Phrase("SpfPrefixLength", text[(slash + 1)..], most);
        }

        var number = slash < 0 ? text : text[..slash];
        if (!IPAddress.TryParse(number, out var address) || address.AddressFamily != family ||
            (family == AddressFamily.InterNetwork
                ? address.ToString() != number
                : !number.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.')))
        {
            return new Phrase("SpfAddress", number);
        }

        mechanism = mechanism with { Network = address, Prefix4 = Math.Min(bits, MostBits4), Prefix6 = bits };
        return null;
    }

    private static bool TryCut(ref string text, string mark, out string digits)
    {
        var start = text.Length;
        while (start > 0 && char.IsAsciiDigit(text[start - 1]))
        {
            start--;
        }

        digits = text[start..];
        var isCut = digits.Length > 0 && text[..start].EndsWith(mark, StringComparison.Ordinal);
        text = isCut ? text[..(start - mark.Length)] : text;
        return isCut;
    }

    /// <summary>No leading zeros, as the grammar has it.</summary>
    private static bool TryBits(string digits, int most, out int bits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out bits)
        && bits <= most
        && (digits.Length == 1 || digits[0] != '0');

    private static int NameLength(string term)
    {
        var length = 0;
        while (length < term.Length &&
            (char.IsAsciiLetter(term[length]) ||
                (length > 0 && (char.IsAsciiDigit(term[length]) || term[length] is '-' or '_' or '.'))))
        {
            length++;
        }

        return length;
    }
}
