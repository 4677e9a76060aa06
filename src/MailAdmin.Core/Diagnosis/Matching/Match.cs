using MailAdmin.Diagnosis.Catalog;
using MailAdmin.Diagnosis.Reading;

namespace MailAdmin.Diagnosis.Matching;

/// <summary>A rule that applies to a failure.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Score">How specific its condition is; the highest wins.</param>
/// <param name="Confidence">How sure it is.</param>
/// <param name="Pair">The codes that fitted; empty when none was needed.</param>
/// <param name="MatchedBy">What decided.</param>
internal sealed record Match(
    ErrorRule Rule, int Score, DiagnosisConfidence Confidence, StatusPair Pair, string MatchedBy);
