using MailAdmin.Diagnosis.Catalog;
using MailAdmin.Diagnosis.Reading;

namespace MailAdmin.Diagnosis.Matching;

/// <summary>
/// Finds the rules that apply to a failure. A user's rule that decides wins, else the most specific condition, among
/// equals the earlier rule.
/// </summary>
internal sealed class RuleMatcher
{
    private const int OtherMethodPenalty = 15;
    private const int MetWeight = 10_000;

    private readonly (ErrorRule Rule, CompiledCondition[] Conditions)[] _rules;

    private readonly HashSet<string> _userRules;

    /// <exception cref="ErrorCatalogException">A condition is malformed.</exception>
    public RuleMatcher(IEnumerable<ErrorRule> rules, IEnumerable<string> userRules)
    {
        _rules = [.. rules.Select(rule => (rule, rule.When.Select(w => new CompiledCondition(rule.Id, w)).ToArray()))];
        _userRules = userRules.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The best rule, then the other causes that codes without words leave open.</summary>
    public IReadOnlyList<Match> Find(Failure failure, string? method)
    {
        var matches = new List<Match>();
        foreach (var (rule, conditions) in _rules)
        {
            if (BestOf(rule, conditions, failure, method) is { } match)
            {
                matches.Add(match);
            }
        }

        var best = matches.Where(m => m.Confidence != DiagnosisConfidence.Possible).MaxBy(m => (IsUsers(m), m.Score));
        var possible = matches.Where(m => m.Confidence == DiagnosisConfidence.Possible).OrderByDescending(m => m.Score);
        return best is null ? [.. possible]
            : best.Confidence == DiagnosisConfidence.General ? [.. possible.DefaultIfEmpty(best)]
            : [best, .. possible];
    }

    private bool IsUsers(Match match) =>
        match.Confidence != DiagnosisConfidence.General && _userRules.Contains(match.Rule.Id);

    private static Match? BestOf(ErrorRule rule, CompiledCondition[] conditions, Failure failure, string? method)
    {
        var penalty = method is null || rule.Methods.Count == 0 || rule.Methods.Contains(method)
            ? 0
            : OtherMethodPenalty;
        Match? best = null;
        foreach (var condition in conditions)
        {
            if (condition.Compare(failure) is var (score, confidence, pair, matchedBy) &&
                (best is null || Weigh(confidence, score - penalty) > Weigh(best.Confidence, best.Score)))
            {
                best = new Match(rule, score - penalty, confidence, pair, matchedBy);
            }
        }

        return best;
    }

    // A condition that is met counts more than one that might be.
    private static int Weigh(DiagnosisConfidence confidence, int score) =>
        confidence == DiagnosisConfidence.Possible ? score : score + MetWeight;
}
