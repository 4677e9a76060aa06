using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Mime.Dkim;

/// <summary>
/// The relaxed form of a header field (RFC 6376 §3.4.2): the name in lower case, unfolded, runs of white space as one
/// space, none at the ends and around the colon.
/// </summary>
internal static class RelaxedHeader
{
    public static void Append(WireBuffer destination, HeaderField field)
    {
        Append(destination, field.Name, field.RawValue);
        destination.AppendLine();
    }

    /// <summary>Without the line end, as the signature's own field is hashed.</summary>
    public static void Append(WireBuffer destination, string name, ReadOnlySpan<byte> value)
    {
        destination.Append(name.ToLowerInvariant());
        destination.Append((byte)':');
        var start = destination.Length;
        while (!value.IsEmpty)
        {
            var white = value.IndexOfAnyExcept(" \t\r\n"u8);
            if (white < 0)
            {
                return;
            }

            if (white > 0 && destination.Length > start)
            {
                destination.Append((byte)' ');
            }

            value = value[white..];
            var word = value.IndexOfAny(" \t\r\n"u8);
            destination.Append(word < 0 ? value : value[..word]);
            value = word < 0 ? default : value[word..];
        }
    }
}
