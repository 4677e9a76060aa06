using System.Text;

namespace MailAdmin.Dns.Records;

/// <summary>Text in one or more strings of at most 255 octets (RFC 1035 §3.3.14).</summary>
/// <param name="Name">The name that the text is about.</param>
/// <param name="TimeToLive">How long it may be kept.</param>
/// <param name="Strings">The strings, as octets; their encoding is nobody's business in the DNS.</param>
public sealed record TxtRecord(DnsName Name, TimeSpan TimeToLive, IReadOnlyList<ReadOnlyMemory<byte>> Strings)
    : DnsRecord(Name, DnsRecordType.TXT, TimeToLive)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>
    /// The strings joined without anything between them, as SPF (RFC 7208 §3.3) and DKIM (RFC 6376 §3.6.2.2) want it.
    /// Read as UTF-8; where it is none, each octet is the character of that number (ISO 8859-1), so nothing is lost.
    /// </summary>
    public string Text
    {
        get
        {
            var octets = Octets;
            try
            {
                return StrictUtf8.GetString(octets);
            }
            catch (DecoderFallbackException)
            {
                return Encoding.Latin1.GetString(octets);
            }
        }
    }

    /// <summary>The joined strings as octets.</summary>
    public byte[] Octets
    {
        get
        {
            var octets = new byte[Strings.Sum(part => part.Length)];
            var at = 0;
            foreach (var part in Strings)
            {
                part.Span.CopyTo(octets.AsSpan(at));
                at += part.Length;
            }

            return octets;
        }
    }

    /// <inheritdoc/>
    public override string Data => string.Join(' ', Strings.Select(Quote));

    internal static string Quote(ReadOnlyMemory<byte> octets)
    {
        var text = new StringBuilder(octets.Length + 2).Append('"');
        foreach (var octet in octets.Span)
        {
            DnsNameText.Append(text, octet, "\"\\", isSpaceVisible: true);
        }

        return text.Append('"').ToString();
    }
}
