namespace MailAdmin.DomainChecks;

/// <summary>One thing that a check found out.</summary>
/// <param name="Area">What it is about.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Phrase">What it is; the words in other languages come from a <see cref="PhraseBook"/>.</param>
public sealed record Finding(CheckArea Area, FindingSeverity Severity, Phrase Phrase)
{
    /// <summary>A stable name such as <c>SpfMissing</c>; scripts may compare it.</summary>
    public string Code => Phrase.Key;

    /// <summary>What was found, in the language of the report.</summary>
    public string Message => Book.Text(Phrase);

    /// <summary>What to do about it, in the language of the report; empty when there is nothing to do.</summary>
    public string Advice => Book.Advice(Phrase);

    /// <summary>The language; English unless <see cref="MailDomainReport.In"/> says otherwise.</summary>
    internal PhraseBook Book { get; init; } = PhraseBook.English;

    /// <summary>How much it matters, and what was found.</summary>
    public override string ToString() => $"{Severity}: {Message}";
}
