using System.Globalization;
using System.Text;
using MailAdmin.Addressing;

namespace MailAdmin.Smtp;

/// <summary>
/// The encodings of DSN parameters.
/// <code>
/// xtext  = *( %d33-42 / %d44-60 / %d62-126 / "+" 2HEXDIG )              RFC 3461 §4
/// ORCPT= "rfc822;" xtext / "utf-8;" *( QCHAR / "\x{" HEX "}" )          RFC 3461 §4.2, RFC 6533 §3
/// </code>
/// The 7-bit form of <c>utf-8</c> addresses is used always, as it may stand where SMTPUTF8 is not in use.
/// </summary>
internal static class XText
{
    internal static string Encode(string text)
    {
        if (text.All(c => IsPlain(c)))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length + 16);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (IsPlain(octet))
            {
                encoded.Append((char)octet);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"+{octet:X2}");
            }
        }

        return encoded.ToString();
    }

    internal static string OriginalRecipient(EmailAddress address)
    {
        if (!address.RequiresSmtpUtf8)
        {
            return "rfc822;" + Encode(address.ToWireString());
        }

        return "utf-8;" + Utf8Address(address);
    }

    /// <summary>The 7-bit form of an address that is not ASCII, without its type.</summary>
    internal static string Utf8Address(EmailAddress address)
    {
        var encoded = new StringBuilder();
        foreach (var rune in address.ToWireString().EnumerateRunes())
        {
            if (IsPlain(rune.Value) && rune.Value != '\\')
            {
                encoded.Append((char)rune.Value);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"\\x{{{rune.Value:X2}}}");
            }
        }

        return encoded.ToString();
    }

    private static bool IsPlain(int c) => c is >= 33 and <= 126 and not ('+' or '=');
}
