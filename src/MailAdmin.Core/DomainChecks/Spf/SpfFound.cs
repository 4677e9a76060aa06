namespace MailAdmin.DomainChecks.Spf;

/// <summary>What the search for a domain's record brought.</summary>
/// <param name="Verdict">What it means when there is no usable record.</param>
/// <param name="Fault">Why there is none.</param>
internal sealed record SpfFound(SpfVerdict Verdict, Phrase? Fault)
{
    /// <summary>The record; null when there is no usable one.</summary>
    public SpfRecord? Record { get; init; }

    /// <summary>All texts that mean to be SPF records.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>The text to show.</summary>
    public string? Text => Texts is [var only] ? only : null;
}
