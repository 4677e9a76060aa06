using System.Globalization;
using System.Text.Json;

namespace MailAdmin.DomainChecks;

/// <summary>The texts of the domain checks in one language, from <c>Data/phrases.*.json</c>.</summary>
public sealed class PhraseBook
{
    private static readonly Lazy<PhraseBook> LazyJapanese = new(() => new PhraseBook("ja-JP"));

    private readonly IReadOnlyDictionary<string, PhraseEntry> _entries;

    private PhraseBook(string culture)
    {
        using var data = CheckData.Open($"phrases.{culture}.json");
        _entries = JsonSerializer.Deserialize<Dictionary<string, PhraseEntry>>(data, CheckData.Json)!;
        Culture = culture;
    }

    /// <summary>The texts in English.</summary>
    public static PhraseBook English { get; } = new("en-US");

    /// <summary>The texts in Japanese.</summary>
    public static PhraseBook Japanese => LazyJapanese.Value;

    /// <summary>The name of the language, such as <c>en-US</c>; it stands in reports as theirs.</summary>
    public string Culture { get; }

    /// <summary>The names of all texts.</summary>
    internal IEnumerable<string> Keys => _entries.Keys;

    /// <summary>The texts in the language of a culture; English when there are none in that language.</summary>
    /// <param name="culture">The culture's name, such as <c>ja-JP</c> or <c>ja</c>; null for that of the process.</param>
    public static PhraseBook For(string? culture) =>
        (culture ?? CultureInfo.CurrentUICulture.Name).Split('-', '_')[0].ToLowerInvariant() == "ja" ? Japanese : English;

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
