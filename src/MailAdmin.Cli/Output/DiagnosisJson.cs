using MailAdmin.Diagnosis;

namespace MailAdmin.Cli.Output;

/// <summary>Why something failed and what to do, as <see cref="SmtpDiagnosis"/> has it.</summary>
/// <param name="Id">The stable name of the cause.</param>
/// <param name="Code">The reply code, or null.</param>
/// <param name="EnhancedCode">Such as <c>5.7.60</c>, or null.</param>
/// <param name="Text">What was said.</param>
/// <param name="Cause">The cause in words.</param>
/// <param name="Remedies">What to do, the most promising first.</param>
/// <param name="AdminCommand">Commands for the administrator, one on each line, or null.</param>
/// <param name="IsTransient">True when the same attempt may succeed later.</param>
/// <param name="Retry">AfterFix, Later, AfterLimitResets, StopAndFix or CheckFirst.</param>
/// <param name="RetryAdvice">The same as a sentence.</param>
/// <param name="Methods">The sending methods that it can happen to; empty for any.</param>
/// <param name="Stage">Where in the session, or null.</param>
/// <param name="Links">Where to read more.</param>
/// <param name="Confidence">General, Possible, Likely or Certain.</param>
/// <param name="MatchedBy">What decided.</param>
/// <param name="Culture">The language of the words.</param>
/// <param name="SourceDate">When the knowledge was last checked, as <c>yyyy-MM</c>.</param>
/// <param name="Recipient">Whom it is about, or null.</param>
/// <param name="Server">Who said it, or null.</param>
/// <param name="LineNumber">The line of the text or log, from 1, or null.</param>
internal sealed record DiagnosisJson(
    string Id,
    int? Code,
    string? EnhancedCode,
    string Text,
    string Cause,
    IReadOnlyList<string> Remedies,
    string? AdminCommand,
    bool IsTransient,
    string Retry,
    string RetryAdvice,
    IReadOnlyList<string> Methods,
    string? Stage,
    IReadOnlyList<string> Links,
    string Confidence,
    string MatchedBy,
    string Culture,
    string SourceDate,
    string? Recipient,
    string? Server,
    int? LineNumber)
{
    public static DiagnosisJson Of(SmtpDiagnosis diagnosis) => new(
        diagnosis.Id,
        diagnosis.Code,
        diagnosis.EnhancedCode?.ToString(),
        diagnosis.Text,
        diagnosis.Cause,
        diagnosis.Remedies,
        diagnosis.AdminCommand,
        diagnosis.IsTransient,
        diagnosis.Retry.ToString(),
        diagnosis.RetryAdvice,
        diagnosis.Methods,
        diagnosis.Stage?.ToString(),
        diagnosis.Links,
        diagnosis.Confidence.ToString(),
        diagnosis.MatchedBy,
        diagnosis.Culture,
        diagnosis.SourceDate,
        diagnosis.Recipient,
        diagnosis.Server,
        diagnosis.LineNumber);
}
