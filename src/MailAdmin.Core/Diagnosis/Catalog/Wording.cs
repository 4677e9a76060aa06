using System.Globalization;
using MailAdmin.Identity.Inspection;

namespace MailAdmin.Diagnosis.Catalog;

/// <summary>
/// The words of all languages. Cultures are names here and nothing else: machines in invariant mode refuse to make the
/// object for ja-JP.
/// </summary>
internal sealed class Wording
{
    private readonly IReadOnlyDictionary<string, Lazy<LanguageFile>> _languages;
    private readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, RuleText>> _overrides;

    public Wording()
    {
        _languages = EmbeddedFiles.Cultures().ToDictionary(
            culture => culture,
            culture => new Lazy<LanguageFile>(() => EmbeddedFiles.Language(culture)),
            StringComparer.OrdinalIgnoreCase);
        _overrides = new Dictionary<string, IReadOnlyDictionary<string, RuleText>>();
    }

    private Wording(Wording original, IReadOnlyDictionary<string, IReadOnlyDictionary<string, RuleText>> overrides)
    {
        _languages = original._languages;
        _overrides = overrides;
    }

    public IReadOnlyList<string> Cultures => [.. _languages.Keys];

    /// <summary>The same words, with those of a user before them.</summary>
    public Wording With(IReadOnlyDictionary<string, IReadOnlyDictionary<string, RuleText>> texts)
    {
        var all = new Dictionary<string, IReadOnlyDictionary<string, RuleText>>(
            _overrides, StringComparer.OrdinalIgnoreCase);
        foreach (var (culture, rules) in texts)
        {
            var merged = new Dictionary<string, RuleText>(
                all.GetValueOrDefault(culture) ?? new Dictionary<string, RuleText>());
            foreach (var (id, text) in rules)
            {
                merged[id] = text;
            }

            all[culture] = merged;
        }

        return new Wording(this, all);
    }

    /// <summary>The best culture that there are words in: the same, the same language, English.</summary>
    /// <param name="wanted">A culture's name; null for that of the process.</param>
    public string Choose(string? wanted) =>
        Matching(wanted ?? CultureInfo.CurrentUICulture.Name) ?? EmbeddedFiles.FallbackCulture;

    /// <summary>The same culture, or one of the same language; null when there is none.</summary>
    public string? Matching(string name)
    {
        var language = name.Split('-')[0];
        return _languages.Keys.FirstOrDefault(c => c.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? _languages.Keys.FirstOrDefault(
                c => c.Split('-')[0].Equals(language, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// The words of a rule, in English where the culture has none; null when nobody has words for it.
    /// </summary>
    public (string Culture, RuleText Text)? Find(string culture, string id) =>
        FindIn(culture, id) is { } text ? (culture, text)
        : FindIn(EmbeddedFiles.FallbackCulture, id) is { } english ? (EmbeddedFiles.FallbackCulture, english)
        : null;

    public string Retry(string culture, RetryAdvice advice) => _languages[culture].Value.Retry[advice];

    public string Detail(string culture, TokenDetail detail) => string.Format(
        CultureInfo.InvariantCulture, _languages[culture].Value.Details[detail.Key], [.. detail.Arguments]);

    private RuleText? FindIn(string culture, string id) =>
        _overrides.GetValueOrDefault(culture)?.GetValueOrDefault(id)
            ?? _languages[culture].Value.Rules.GetValueOrDefault(id);
}
