using System.Collections.Frozen;
using System.Text;

namespace MailAdmin.Addressing;

/// <summary>Character sets by the names that mail uses (RFC 2978), without registering anything process-wide.</summary>
internal static class Charsets
{
    private static readonly FrozenDictionary<string, Encoding> BuiltIn = Encoding.GetEncodings()
        .ToFrozenDictionary(e => e.Name, e => e.GetEncoding(), StringComparer.OrdinalIgnoreCase);

    /// <summary>What unlabelled 8-bit text most often is; it has a character for nearly every octet.</summary>
    public static Encoding Windows1252 { get; } =
        CodePagesEncodingProvider.Instance.GetEncoding("windows-1252") ?? Encoding.Latin1;

    /// <summary>The character set, with U+FFFD for what it cannot decode; null when it is not known.</summary>
    public static Encoding? Find(ReadOnlySpan<char> name)
    {
        if (name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) ||
            name.Equals("utf8", StringComparison.OrdinalIgnoreCase) ||
            name.Equals("us-ascii", StringComparison.OrdinalIgnoreCase))
        {
            return Encoding.UTF8;
        }

        // What is labelled Latin-1 is in practice Windows' superset of it.
        if (name.Equals("iso-8859-1", StringComparison.OrdinalIgnoreCase))
        {
            return Windows1252;
        }

        var text = name.ToString();
        return BuiltIn.GetValueOrDefault(text) ?? CodePagesEncodingProvider.Instance.GetEncoding(text);
    }
}
