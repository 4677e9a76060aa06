using System.Globalization;
using MailAdmin.Diagnosis.Catalog;
using MailAdmin.Diagnosis.Reading;
using MailAdmin.Smtp;

namespace MailAdmin.Diagnosis.Matching;

/// <summary>
/// A condition, ready to be compared. Each thing that it asks for and that the failure has must fit, and adds its
/// weight: a name of MailAdmin's own most, then words, then codes. Words may decide without codes, codes never without
/// the words that the condition asks for.
/// </summary>
internal sealed class CompiledCondition
{
    private const int ErrorIdWeight = 1000;
    private const int TextWeight = 100;
    private const int MaxTextLength = 90;
    private const int StageWeight = 8;
    private const int LeastSpecific = 30;

    // Words that are meant to go with a code prove less without one.
    private const int LackOfCodes = -25;

    private readonly CodePattern[] _codes;
    private readonly EnhancedPattern[] _enhanced;
    private readonly TextPattern[] _text;
    private readonly string[] _errorIds;
    private readonly SmtpStage[] _stages;

    /// <exception cref="ErrorCatalogException">A pattern is malformed.</exception>
    public CompiledCondition(string rule, RuleCondition condition)
    {
        _codes = Parse<CodePattern>(rule, "code", condition.Code, CodePattern.TryParse);
        _enhanced = Parse<EnhancedPattern>(rule, "enhanced", condition.Enhanced, EnhancedPattern.TryParse);
        _text = Parse<TextPattern>(rule, "text", condition.Text, TextPattern.TryParse);
        _stages = Parse<SmtpStage>(rule, "stage", condition.Stage, TryReadStage);
        _errorIds = [.. condition.ErrorId];
        if (_codes.Length + _enhanced.Length + _text.Length + _errorIds.Length == 0)
        {
            throw new ErrorCatalogException($"a condition of the rule '{rule}' asks for neither a code nor a text");
        }
    }

    private delegate bool TryParse<T>(string text, out T value);

    /// <summary>How specifically it fits, with what decided; null when it does not.</summary>
    public (int Score, DiagnosisConfidence Confidence, StatusPair Pair, string MatchedBy)? Compare(Failure failure)
    {
        if (_errorIds.Length > 0)
        {
            return failure.ErrorId is { } id && _errorIds.Contains(id) && (_stages.Length == 0 || FitsStage(failure))
                ? (ErrorIdWeight + StageScore, DiagnosisConfidence.Certain, default, id)
                : null;
        }

        if (_stages.Length > 0 && !FitsStage(failure))
        {
            return null;
        }

        var words = WordScore(failure);
        if (words is null)
        {
            return null;
        }

        var needsWords = _text.Length > 0;
        var (codes, pair) = CodeScore(failure, mayLack: needsWords && failure.HasWords);
        if (codes is null || (needsWords && !failure.HasWords && !IsExactFor(pair)))
        {
            return null;
        }

        var score = codes.Value + words.Value + StageScore;
        var confidence = (needsWords, failure.HasWords) switch
        {
            (true, true) => DiagnosisConfidence.Certain,
            (true, false) => DiagnosisConfidence.Possible,
            _ when score < LeastSpecific => DiagnosisConfidence.General,
            _ => DiagnosisConfidence.Likely,
        };
        return (score, confidence, pair, Explain(pair, needsWords && failure.HasWords));
    }

    private int StageScore => _stages.Length > 0 ? StageWeight : 0;

    private static string Explain(StatusPair pair, bool byWords)
    {
        var parts = new List<string>(3);
        if (pair.Code is { } code)
        {
            parts.Add(code.ToString(CultureInfo.InvariantCulture));
        }

        if (pair.Enhanced is { } enhanced)
        {
            parts.Add(enhanced.ToString());
        }

        if (byWords)
        {
            parts.Add("text");
        }

        return string.Join(", ", parts);
    }

    private static bool TryReadStage(string text, out SmtpStage stage) => Enum.TryParse(text, out stage);

    private static T[] Parse<T>(string rule, string what, IReadOnlyList<string> texts, TryParse<T> parse) =>
        [.. texts.Select(text => parse(text, out var value)
            ? value
            : throw new ErrorCatalogException($"'{text}' in the rule '{rule}' is no {what}"))];

    private bool FitsStage(Failure failure) => failure.Stage is { } stage && _stages.Contains(stage);

    private bool IsExactFor(StatusPair pair) =>
        pair.Enhanced is { } code && _enhanced.Any(e => e.IsExact && e.Fits(code));

    /// <summary>0 when there are no words to compare; null when those that are there do not fit.</summary>
    private int? WordScore(Failure failure)
    {
        if (_text.Length == 0 || !failure.HasWords)
        {
            return 0;
        }

        var length = 0;
        foreach (var pattern in _text)
        {
            var found = pattern.Find(failure.Text);
            if (found == 0)
            {
                return null;
            }

            length += found;
        }

        return TextWeight + Math.Min(length, MaxTextLength);
    }

    private (int? Score, StatusPair Pair) CodeScore(Failure failure, bool mayLack)
    {
        if (_codes.Length == 0 && _enhanced.Length == 0)
        {
            return (0, failure.Codes.Count > 0 ? failure.Codes[0] : default);
        }

        int? best = failure.Codes.Count == 0 && mayLack ? LackOfCodes : null;
        StatusPair bestPair = default;
        foreach (var pair in failure.Codes)
        {
            var score = Score(_codes, pair.Code, mayLack, (p, c) => p.Fits(c), p => p.Weight)
                + Score(_enhanced, pair.Enhanced, mayLack, (p, c) => p.Fits(c), p => p.Weight);
            if (score is not null && (best is null || score > best))
            {
                (best, bestPair) = (score, pair);
            }
        }

        return (best, bestPair);
    }

    private static int? Score<TPattern, TCode>(
        TPattern[] patterns, TCode? code, bool mayLack, Func<TPattern, TCode, bool> fits, Func<TPattern, int> weight)
        where TCode : struct
    {
        if (patterns.Length == 0 || (code is null && mayLack))
        {
            return 0;
        }

        int? best = null;
        foreach (var pattern in patterns)
        {
            if (code is { } value && fits(pattern, value) && !(best >= weight(pattern)))
            {
                best = weight(pattern);
            }
        }

        return best;
    }
}
