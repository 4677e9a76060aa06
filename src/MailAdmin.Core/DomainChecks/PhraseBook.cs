using System.Globalization;

namespace MailAdmin.DomainChecks;

/// <summary>
/// Texts in one language, from <c>Data/phrases.*.json</c>: those of the domain checks, or those of another part.
/// </summary>
public sealed class PhraseBook
{
    private const string EnglishCulture = "en-US";
    private const string JapaneseCulture = "ja-JP";
    private const string Checks = "MailAdmin.DomainChecks";

    private static readonly Lazy<PhraseBook> LazyJapanese = new(() => new PhraseBook(Checks, JapaneseCulture));

    private readonly IReadOnlyDictionary<string, PhraseEntry> _entries;

    /// <summary>Opens the texts of a part.</summary>
    /// <param name="part">Whose: what stands before the names of its embedded files.</param>
    /// <param name="culture">A culture that there are texts in.</param>
    internal PhraseBook(string part, string culture)
    {
        _entries = EmbeddedJson.Read<Dictionary<string, PhraseEntry>>($"{part}.phrases.{culture}.json");
        Culture = culture;
    }

    /// <summary>The texts in English.</summary>
    public static PhraseBook English { get; } = new(Checks, EnglishCulture);

    /// <summary>The texts in Japanese.</summary>
    public static PhraseBook Japanese => LazyJapanese.Value;

    /// <summary>The name of the language, such as <c>en-US</c>; it stands in reports as theirs.</summary>
    public string Culture { get; }

    /// <summary>The names of all texts.</summary>
    internal IEnumerable<string> Keys => _entries.Keys;

    /// <summary>The texts in the language of a culture; English when there are none in that language.</summary>
    /// <param name="culture">
    /// The culture's name, such as <c>ja-JP</c> or <c>ja</c>; null for that of the process.
    /// </param>
    public static PhraseBook For(string? culture) => CultureFor(culture) == JapaneseCulture ? Japanese : English;

    /// <summary>The culture that has texts in the language of another; English when none has.</summary>
    /// <param name="culture">
    /// The culture's name, such as <c>ja-JP</c> or <c>ja</c>; null for that of the process.
    /// </param>
    internal static string CultureFor(string? culture)
    {
        var language = (culture ?? CultureInfo.CurrentUICulture.Name).Split('-', '_')[0];
        return language.Equals("ja", StringComparison.OrdinalIgnoreCase) ? JapaneseCulture : EnglishCulture;
    }

    /// <summary>
    /// What happened, in one or two sentences, or part of one for a phrase that stands inside another.
    /// </summary>
    public string Text(Phrase phrase) => Fill(_entries[phrase.Key].Text, phrase);

    /// <summary>What to do about it; empty when there is nothing to do.</summary>
    public string Advice(Phrase phrase) => Fill(_entries[phrase.Key].Advice, phrase);

    // The numbers in records and limits are the same in all languages, without separators.
    private string Fill(string text, Phrase phrase) => string.Format(
        CultureInfo.InvariantCulture,
        text,
        [
            .. phrase.Arguments.Select(argument => argument switch
            {
                Phrase inner => Text(inner),
                string foreign => PrintableText.Short(foreign),
                _ => argument,
            }),
        ]);
}
