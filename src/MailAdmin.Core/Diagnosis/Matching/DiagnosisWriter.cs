using MailAdmin.Diagnosis.Catalog;
using MailAdmin.Diagnosis.Reading;

namespace MailAdmin.Diagnosis.Matching;

/// <summary>Puts a failure and the rule that applies to it into words.</summary>
internal sealed class DiagnosisWriter(Wording wording, string culture, DiagnosisContext context)
{
    public SmtpDiagnosis Write(Failure failure, Match match)
    {
        var rule = match.Rule;
        var (textCulture, text) = wording.Find(culture, rule.Id)
            ?? throw new InvalidOperationException($"The rule {rule.Id} has no words.");
        var pair = match.Pair != default ? match.Pair : failure.Codes.FirstOrDefault();
        var isTransient = failure.IsDelay || (rule.Transient ?? IsTransient(pair));
        var retry = rule.Retry ?? (isTransient ? RetryAdvice.Later : RetryAdvice.AfterFix);
        var stage = failure.Stage ?? rule.Stage;
        return new SmtpDiagnosis
        {
            Id = rule.Id,
            Code = pair.Code,
            EnhancedCode = pair.Enhanced,
            Text = PlainText.OneLine(failure.Text, PlainText.MaxShown),
            Cause = text.Cause,
            Remedies = text.Remedies,
            AdminCommand = Command(failure, rule),
            IsTransient = isTransient,
            Retry = retry,
            RetryAdvice = wording.Retry(textCulture, retry),
            Methods = rule.Methods,
            Stage = stage,
            Links = rule.Links,
            Confidence = match.Confidence,
            MatchedBy = match.MatchedBy,
            Culture = textCulture,
            SourceDate = rule.Source,
            Recipient = failure.Recipient ?? context.Recipient,
            Server = failure.Server ?? context.Server,
            LineNumber = failure.Line,
        };
    }

    private static bool IsTransient(StatusPair pair) =>
        pair.Code is { } code ? code < 500 : pair.Enhanced?.Class == 4;

    private string? Command(Failure failure, ErrorRule rule)
    {
        if (rule.Commands.Count == 0)
        {
            return null;
        }

        // The caller knows better than what was found in a text.
        var template = new CommandTemplate(
            context.User ?? failure.User,
            context.Sender ?? failure.Sender,
            context.Recipient ?? failure.Recipient,
            context.Server ?? failure.Server);
        return string.Join('\n', rule.Commands.Select(template.Fill));
    }
}
