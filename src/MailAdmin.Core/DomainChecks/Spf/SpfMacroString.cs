using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MailAdmin.DomainChecks.Spf;

/// <summary>
/// A text with macros (RFC 7208 §7.1):
/// <code>
/// macro-expand = ( "%{" macro-letter *DIGIT [ "r" ] *delimiter "}" ) / "%%" / "%_" / "%-"
/// domain-spec  = macro-string ( "." toplabel [ "." ] / macro-expand )
/// </code>
/// </summary>
internal sealed class SpfMacroString
{
    private const string DomainLetters = "slodiphv";
    private const string ExplanationLetters = DomainLetters + "crt";
    private const string DelimiterCharacters = ".-+,/_=";
    private const int MostParts = 128;

    private SpfMacroString(string text, IReadOnlyList<SpfMacroPart> parts) => (Text, Parts) = (text, parts);

    public string Text { get; }

    public IReadOnlyList<SpfMacroPart> Parts { get; }

    /// <summary>True when it is the same for every sender.</summary>
    public bool IsConstant => Parts.All(part => part.Literal is not null);

    /// <summary>True when the value of this macro is in it.</summary>
    public bool Uses(char letter) => Parts.Any(part => part.Literal is null && part.Letter == letter);

    /// <summary>Reads the name in a term, which may not be empty and must end as a name can end.</summary>
    public static Phrase? ReadDomainSpec(string text, out SpfMacroString? value)
    {
        var fault = Read(text, DomainLetters, char.IsBetween, out value, out var endsInMacro);
        return fault
            ?? (text.Length == 0 ? new Phrase("SpfDomainEmpty")
                : endsInMacro || HasTopLabel(text) ? null
                : new Phrase("SpfTopLabel", text));
    }

    /// <summary>Reads the value of a modifier that nobody knows; it is held to the grammar all the same.</summary>
    public static Phrase? ReadValue(string text, out SpfMacroString? value) =>
        Read(text, DomainLetters, char.IsBetween, out value, out _);

    /// <summary>Reads the text that explains a refusal: ASCII, spaces, three more macros (RFC 7208 §6.2).</summary>
    public static bool TryReadExplanation(string text, [NotNullWhen(true)] out SpfMacroString? value) =>
        Read(text, ExplanationLetters, IsVisibleOrSpace, out value, out _) is null;

    private static bool IsVisibleOrSpace(char c, char low, char high) => c == ' ' || char.IsBetween(c, low, high);

    private static Phrase? Read(
        string text,
        string letters,
        Func<char, char, char, bool> isVisible,
        out SpfMacroString? value,
        out bool endsInMacro)
    {
        value = null;
        endsInMacro = false;
        List<SpfMacroPart> parts = [];
        var literal = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            if (!isVisible(text[at], '!', '~'))
            {
                return new Phrase("SpfCharacter", $"U+{(int)text[at]:X4}");
            }

            endsInMacro = text[at] == '%';
            if (!endsInMacro)
            {
                literal.Append(text[at++]);
                continue;
            }

            var next = at + 1 < text.Length ? text[at + 1] : '\0';
            var plain = next switch { '%' => "%", '_' => " ", '-' => "%20", _ => null };
            if (plain is not null)
            {
                literal.Append(plain);
                at += 2;
                continue;
            }

            var end = text.IndexOf('}', at);
            if (next != '{' || end < 0 || Macro(text[(at + 2)..end], letters) is not { } macro)
            {
                return new Phrase("SpfMacro", text[at..(end < 0 ? text.Length : end + 1)]);
            }

            parts.Add(new SpfMacroPart(literal.ToString()));
            parts.Add(macro);
            literal.Clear();
            at = end + 1;
        }

        parts.Add(new SpfMacroPart(literal.ToString()));
        value = new SpfMacroString(text, [.. parts.Where(part => part.Literal is not "")]);
        return null;
    }

    /// <summary>What stands between the braces.</summary>
    private static SpfMacroPart? Macro(string text, string letters)
    {
        if (text.Length == 0 || !letters.Contains(char.ToLowerInvariant(text[0]), StringComparison.Ordinal))
        {
            return null;
        }

        var at = 1;
        var keep = 0;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            keep = Math.Min((keep * 10) + text[at] - '0', MostParts);
        }

        if (at > 1 && keep == 0)
        {
            return null;
        }

        var isReversed = at < text.Length && text[at] is 'r' or 'R';
        var delimiters = text[(isReversed ? at + 1 : at)..];
        return delimiters.All(c => DelimiterCharacters.Contains(c, StringComparison.Ordinal))
            ? new SpfMacroPart(
                null,
                char.ToLowerInvariant(text[0]),
                keep,
                isReversed,
                char.IsAsciiLetterUpper(text[0]),
                delimiters.Length == 0 ? "." : delimiters)
            : null;
    }

    /// <summary>toplabel = letters, digits and inner hyphens, not digits alone; with something before it.</summary>
    private static bool HasTopLabel(string text)
    {
        var name = text.EndsWith('.') ? text[..^1] : text;
        var dot = name.LastIndexOf('.');
        var label = name[(dot + 1)..];
        return dot >= 0 && label.Length > 0 && label[0] != '-' && label[^1] != '-'
            && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && !label.All(char.IsAsciiDigit);
    }
}
