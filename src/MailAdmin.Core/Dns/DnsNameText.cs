using System.Globalization;
using System.Text;

namespace MailAdmin.Dns;

/// <summary>
/// The text form of names (RFC 1035 §5.1): labels between dots, <c>\X</c> and <c>\DDD</c> for other octets.
/// </summary>
internal static class DnsNameText
{
    private const string SpecialCharacters = ".\\\"();@$";

    /// <summary>Reads ASCII text into wire octets; returns what is wrong, or nothing.</summary>
    public static string Read(ReadOnlySpan<char> text, Span<byte> wire, out int length)
    {
        wire[0] = 0;
        length = 1;
        if (text is ".")
        {
            return "";
        }

        var labelStart = 0;
        for (var at = 0; at < text.Length;)
        {
            var isSeparator = text[at] == '.';
            if (char.IsControl(text[at]))
            {
                return "the name has a control character";
            }

            if (!TryReadOctet(text, ref at, out var octet))
            {
                return "a backslash begins no escape (RFC 1035 section 5.1)";
            }

            if (isSeparator ? wire[labelStart] == 0 : wire[labelStart] == DnsName.MaxLabelOctets)
            {
                return "a label of the name is empty or longer than 63 octets";
            }

            if (length == DnsName.MaxOctets)
            {
                return "the name is longer than 255 octets";
            }

            if (isSeparator)
            {
                labelStart = length;
                wire[length++] = 0;
            }
            else
            {
                wire[labelStart]++;
                wire[length++] = octet;
            }
        }

        return Close(wire, labelStart, ref length);
    }

    /// <summary>Writes wire octets as text.</summary>
    public static string Write(ReadOnlySpan<byte> wire)
    {
        if (wire[0] == 0)
        {
            return ".";
        }

        var text = new StringBuilder(wire.Length);
        for (var at = 0; wire[at] != 0; at += wire[at] + 1)
        {
            if (at > 0)
            {
                text.Append('.');
            }

            foreach (var octet in wire.Slice(at + 1, wire[at]))
            {
                Append(text, octet, SpecialCharacters);
            }
        }

        return text.ToString();
    }

    /// <summary>Writes one octet, escaped where it is one of the special ones or not visible.</summary>
    public static void Append(StringBuilder text, byte octet, string special, bool isSpaceVisible = false)
    {
        if (special.Contains((char)octet, StringComparison.Ordinal))
        {
            text.Append('\\').Append((char)octet);
        }
        else if (octet is > 0x20 and < 0x7f || (octet == 0x20 && isSpaceVisible))
        {
            text.Append((char)octet);
        }
        else
        {
            text.Append('\\').Append(octet.ToString("D3", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Reads one character or escape, which is one octet.</summary>
    public static bool TryReadOctet(ReadOnlySpan<char> text, ref int at, out byte octet)
    {
        octet = (byte)text[at++];
        if (octet != '\\')
        {
            return true;
        }

        if (at == text.Length)
        {
            return false;
        }

        if (!char.IsAsciiDigit(text[at]))
        {
            octet = (byte)text[at++];
            return true;
        }

        var isNumber = byte.TryParse(
            text[at..Math.Min(at + 3, text.Length)], NumberStyles.None, CultureInfo.InvariantCulture, out octet);
        isNumber &= at + 3 <= text.Length;
        at += 3;
        return isNumber;
    }

    private static string Close(Span<byte> wire, int labelStart, ref int length)
    {
        if (wire[labelStart] == 0)
        {
            // A dot stood at the end, and the empty label after it is the root; else there was no text at all.
            return length > 1 ? "" : "the name is empty";
        }

        if (length == DnsName.MaxOctets)
        {
            return "the name is longer than 255 octets";
        }

        wire[length++] = 0;
        return "";
    }
}
