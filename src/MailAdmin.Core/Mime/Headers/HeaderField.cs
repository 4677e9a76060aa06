using System.Text;
using MailAdmin.Addressing;

namespace MailAdmin.Mime.Headers;

/// <summary>A field of a header section, as it stands there.</summary>
internal sealed class HeaderField
{
    private readonly int _nameLength;

    /// <param name="raw">The field's octets with its name and line ends.</param>
    /// <param name="nameLength">The length of its name.</param>
    /// <param name="offset">Where it begins in the section.</param>
    /// <param name="line">The number of its first line.</param>
    public HeaderField(ReadOnlyMemory<byte> raw, int nameLength, int offset, int line)
    {
        Raw = raw;
        _nameLength = nameLength;
        Offset = offset;
        Line = line;
        Name = Encoding.ASCII.GetString(raw.Span[..nameLength]);
    }

    public string Name { get; }

    /// <summary>All its octets, with the name and the line ends.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>Where it begins in the section, in octets.</summary>
    public int Offset { get; }

    /// <summary>The number of its first line, from 1.</summary>
    public int Line { get; }

    /// <summary>What stands behind the colon, with its line ends.</summary>
    public ReadOnlySpan<byte> RawValue => Raw.Span[(Raw.Span[_nameLength..].IndexOf((byte)':') + _nameLength + 1)..];

    /// <summary>
    /// The value unfolded and trimmed, encoded words as they are. Octets that are no UTF-8 are read as Windows-1252.
    /// </summary>
    public string Text
    {
        get
        {
            var text = TextOctets.Decode(RawValue);
            text = text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
            return text.Trim(' ', '\t');
        }
    }

    /// <summary>The value unfolded, trimmed and with its encoded words decoded.</summary>
    public string Value => EncodedWordDecoder.Decode(Text);

    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The value with its parameters, for Content-Type and Content-Disposition.</summary>
    public ContentField ToContentField() => ContentField.Parse(Text);
}
