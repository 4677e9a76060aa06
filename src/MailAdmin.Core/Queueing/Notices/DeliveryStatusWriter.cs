using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Headers;
using MailAdmin.Smtp;

namespace MailAdmin.Queueing.Notices;

/// <summary>
/// Writes fields of message/delivery-status (RFC 3464 §2.1), in ASCII and folded at 78 octets:
/// <code>
/// field = name ":" ( value / type ";" value ) CRLF
/// </code>
/// Of a text that is not ASCII the part for people says the rest; an address is written so that it can be read back.
/// </summary>
internal struct DeliveryStatusWriter(WireBuffer buffer)
{
    // Every word of a text must fit on a line of 998 octets, whatever a server says.
    private const int LongestWord = 900;
    private const int LongestText = 4000;

    private HeaderWriter _writer = new(buffer, utf8: false);

    /// <summary>A value that is one word or is to be kept as it is; nothing when there is none.</summary>
    public void Value(string name, string? value)
    {
        if (value is not null)
        {
            _writer.Begin(name);
            _writer.Token(Ascii(value));
            _writer.End();
        }
    }

    /// <summary>A moment.</summary>
    public void Date(string name, DateTimeOffset date)
    {
        _writer.Begin(name);
        _writer.Date(date);
        _writer.End();
    }

    /// <summary>
    /// An address: of the type <c>rfc822</c> as it is in the envelope, or of the type <c>utf-8</c> in the 7-bit form
    /// (RFC 6533 §3).
    /// </summary>
    public void Address(string name, EmailAddress address)
    {
        _writer.Begin(name);
        if (address.RequiresSmtpUtf8)
        {
            _writer.Token("utf-8;"u8);
            _writer.Token(XText.Utf8Address(address));
        }
        else
        {
            _writer.Token("rfc822;"u8);
            _writer.Token(address.ToWireString());
        }

        _writer.End();
    }

    /// <summary>A text behind its type; nothing when there is none.</summary>
    public void Text(string name, ReadOnlySpan<byte> typeWithSemicolon, string? text)
    {
        if (text is null)
        {
            return;
        }

        _writer.Begin(name);
        _writer.Token(typeWithSemicolon);
        var shown = text.Length > LongestText ? $"{text[..LongestText]} ..." : text;
        foreach (var word in Ascii(shown).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            for (var start = 0; start < word.Length; start += LongestWord)
            {
                _writer.Token(word.AsSpan(start, Math.Min(LongestWord, word.Length - start)));
            }
        }

        _writer.End();
    }

    /// <summary>The empty line between two groups of fields.</summary>
    public readonly void EndGroup() => buffer.AppendLine();

    private static string Ascii(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.Value is >= ' ' and <= '~' ? (char)rune.Value : '?'));
}
