using System.Globalization;

namespace MailAdmin.DomainChecks;

/// <summary>Texts that strangers wrote, made fit to stand in a sentence, on a terminal or in a report.</summary>
internal static class PrintableText
{
    private const int MostCharacters = 600;

    /// <summary>Replaces what is not visible, such as the escapes that steer a terminal.</summary>
    public static string Of(string text) => string.Concat(text.Select(c => IsVisible(c) ? c : '\uFFFD'));

    /// <summary>The same on one line, with the end of what is very long cut off.</summary>
    public static string Short(string text) =>
        Of(text.Length <= MostCharacters ? text : string.Concat(text.AsSpan(0, MostCharacters), "…")).Replace('\n', '\uFFFD');

    private static bool IsVisible(char c) =>
        c == '\n' || char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
