namespace MailAdmin.Diagnosis.Catalog;

/// <summary>
/// A file of rules. That of a user may hold texts too, by culture and rule; a rule with a name that exists replaces it.
/// </summary>
// The serialiser sets what is absent to null.
internal sealed record RuleFile
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, RuleText>> NoTexts =
        new Dictionary<string, IReadOnlyDictionary<string, RuleText>>();

    /// <summary>When the file was last checked.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The rules; among equally specific ones the first wins.</summary>
    public IReadOnlyList<ErrorRule> Rules { get; init => field = value ?? []; } = [];

    /// <summary>Words by culture name and rule.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, RuleText>> Texts
    {
        get;
        init => field = value ?? NoTexts;
    } = NoTexts;
}
