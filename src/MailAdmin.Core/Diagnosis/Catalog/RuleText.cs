namespace MailAdmin.Diagnosis.Catalog;

/// <summary>The words of one rule in one language.</summary>
internal sealed record RuleText
{
    /// <summary>The cause in one or two sentences.</summary>
    public required string Cause { get; init; }

    /// <summary>What to do, in order; at least one.</summary>
    public required IReadOnlyList<string> Remedies { get; init; }
}
