namespace MailAdmin.Diagnosis.Catalog;

/// <summary>The words of all rules in one language.</summary>
internal sealed record LanguageFile
{
    /// <summary>The culture's name, such as <c>ja-JP</c>.</summary>
    public required string Culture { get; init; }

    /// <summary>The sentence for each advice.</summary>
    public required IReadOnlyDictionary<RetryAdvice, string> Retry { get; init; }

    /// <summary>The sentences on what was seen in a token, with <c>{0}</c>, <c>{1}</c> … for what fills them.</summary>
    public required IReadOnlyDictionary<string, string> Details { get; init; }

    /// <summary>The words by rule.</summary>
    public required IReadOnlyDictionary<string, RuleText> Rules { get; init; }
}
