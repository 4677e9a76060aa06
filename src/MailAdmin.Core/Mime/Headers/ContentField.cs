using System.Text;
using MailAdmin.Addressing;

namespace MailAdmin.Mime.Headers;

/// <summary>
/// A value with parameters, as Content-Type and Content-Disposition have (RFC 2045 §5.1, RFC 2231):
/// <code>
/// field = value *( ";" name ["*" section] ["*"] "=" ( token / quoted ) )
/// </code>
/// Sections are put together in the order of their numbers, percent octets are decoded by the character set of the
/// first one, and encoded words within quotes, as Outlook writes them, are decoded too. What is malformed is passed
/// over.
/// </summary>
internal sealed class ContentField
{
    private readonly Dictionary<string, string> _parameters;

    private ContentField(string value, Dictionary<string, string> parameters)
    {
        Value = value;
        _parameters = parameters;
    }

    /// <summary>What stands before the first semicolon, in lower case, such as <c>text/plain</c>.</summary>
    public string Value { get; }

    /// <summary>The decoded parameters; names compare without regard to case.</summary>
    public IReadOnlyDictionary<string, string> Parameters => _parameters;

    /// <summary>A parameter, decoded, or null.</summary>
    public string? this[string name] => _parameters.GetValueOrDefault(name);

    public static ContentField Parse(string text)
    {
        var rest = text.AsSpan();
        var value = new StringBuilder();
        ReadUntil(ref rest, ';', value);
        var sections = new ParameterSections();
        while (!rest.IsEmpty)
        {
            rest = rest[1..];
            var name = new StringBuilder();
            var end = ReadUntil(ref rest, '=', name);
            if (end == '=')
            {
                rest = rest[1..];
                var content = new StringBuilder();
                ReadUntil(ref rest, ';', content);
                sections.Add(name.ToString(), content.ToString());
            }
        }

        return new ContentField(value.ToString().ToLowerInvariant(), sections.Join());
    }

    /// <summary>
    /// Reads up to a semicolon, or to <paramref name="end"/>; leaves out comments and white space around, and the
    /// quotes.
    /// </summary>
    /// <returns>The character that it stopped at, or NUL.</returns>
    private static char ReadUntil(ref ReadOnlySpan<char> rest, char end, StringBuilder output)
    {
        var keep = 0;
        for (var i = 0; i < rest.Length; i++)
        {
            var c = rest[i];
            if (c == ';' || c == end)
            {
                output.Length = Math.Max(keep, output.ToString().TrimEnd().Length);
                rest = rest[i..];
                return c;
            }

            switch (c)
            {
                case '"':
                    i = ReadQuoted(rest, i, output);
                    keep = output.Length;
                    break;
                case '(':
                    i = SkipComment(rest, i);
                    break;
                case ' ' or '\t' when output.Length == 0:
                    break;
                default:
                    output.Append(c);
                    break;
            }
        }

        output.Length = Math.Max(keep, output.ToString().TrimEnd().Length);
        rest = default;
        return '\0';
    }

    private static int ReadQuoted(ReadOnlySpan<char> text, int start, StringBuilder output)
    {
        var i = start + 1;
        for (; i < text.Length && text[i] != '"'; i++)
        {
            // A backslash that escapes nothing is one of a Windows path that was not escaped.
            i += text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\' ? 1 : 0;
            output.Append(text[i]);
        }

        return i;
    }

    private static int SkipComment(ReadOnlySpan<char> text, int start)
    {
        var depth = 0;
        for (var i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    return i;
            }
        }

        return text.Length;
    }
}
