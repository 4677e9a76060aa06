using System.Text;

namespace MailAdmin.Addressing;

/// <summary>Character sets by the names that mail uses (RFC 2978), without registering anything process-wide.</summary>
internal static class Charsets
{
    /// <summary>The character set, with U+FFFD for what it cannot decode; null when it is not known.</summary>
    public static Encoding? Find(ReadOnlySpan<char> name)
    {
        if (name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || name.Equals("utf8", StringComparison.OrdinalIgnoreCase) ||
            name.Equals("us-ascii", StringComparison.OrdinalIgnoreCase))
        {
            return Encoding.UTF8;
        }

        // What is labelled Latin-1 is in practice Windows' superset of it.
        var known = name.Equals("iso-8859-1", StringComparison.OrdinalIgnoreCase) ? "windows-1252" : name.ToString();
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(known) ?? Encoding.GetEncoding(known);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
