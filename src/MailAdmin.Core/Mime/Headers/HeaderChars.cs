using System.Buffers;

namespace MailAdmin.Mime.Headers;

/// <summary>The character classes of RFC 5322 §3.2.3, RFC 2045 §5.1 and RFC 2047 §5.</summary>
internal static class HeaderChars
{
    private const string AlphaDigit = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Characters of an atom, and the space between atoms.</summary>
    public static readonly SearchValues<char> AtextOrSpace = SearchValues.Create(AlphaDigit + "!#$%&'*+-/=?^_`{|}~ ");

    /// <summary>Characters of a MIME token.</summary>
    public static readonly SearchValues<char> Token = SearchValues.Create(AlphaDigit + "!#$%&'*+-.^_`{|}~");

    /// <summary>Printable ASCII and the space.</summary>
    public static readonly SearchValues<char> Printable =
        SearchValues.Create(string.Concat(Enumerable.Range(' ', 95).Select(c => (char)c)));

    /// <summary>Printable ASCII, the space and the tab.</summary>
    public static readonly SearchValues<char> PrintableOrTab =
        SearchValues.Create("\t" + string.Concat(Enumerable.Range(' ', 95).Select(c => (char)c)));

    /// <summary>What stands for itself in a Q-encoded word wherever it is (RFC 2047 §5 rule 3).</summary>
    public static readonly SearchValues<byte> QLiteral =
        SearchValues.Create([.. AlphaDigit.Select(c => (byte)c), .. "!*+-/"u8]);

    /// <summary>What stands for itself in an extended parameter value (RFC 2231 §7 attribute-char).</summary>
    public static readonly SearchValues<byte> ExtendedLiteral =
        SearchValues.Create([.. AlphaDigit.Select(c => (byte)c), .. "!#$&+-.^_`{|}~"u8]);

    /// <summary>True when a reader would take it, or a piece of it, for an encoded word.</summary>
    public static bool LooksEncoded(ReadOnlySpan<char> text)
    {
        var start = text.IndexOf("=?", StringComparison.Ordinal);
        return start >= 0 && text[(start + 2)..].Contains("?=", StringComparison.Ordinal);
    }
}
