using MailAdmin.Diagnosis;

namespace MailAdmin.Cli.Output;

/// <summary>A diagnosis for people.</summary>
internal static class DiagnosisText
{
    /// <summary>
    /// All of it: what it is about, the cause, the remedies, commands, what another attempt is worth.
    /// </summary>
    public static IEnumerable<string> Lines(SmtpDiagnosis diagnosis)
    {
        yield return Plain.Line(Headline(diagnosis));
        foreach (var line in Advice(diagnosis))
        {
            yield return line;
        }

        foreach (var command in diagnosis.AdminCommand?.Split('\n') ?? [])
        {
            yield return $"  > {Plain.Line(command)}";
        }

        yield return $"  {Plain.Line(diagnosis.RetryAdvice)}";
        foreach (var link in diagnosis.Links)
        {
            yield return $"  {Plain.Line(link)}";
        }
    }

    /// <summary>The cause and the numbered remedies.</summary>
    public static IEnumerable<string> Advice(SmtpDiagnosis diagnosis)
    {
        yield return $"  {Plain.Line(diagnosis.Cause)}";
        for (var i = 0; i < diagnosis.Remedies.Count; i++)
        {
            yield return $"  {i + 1}. {Plain.Line(diagnosis.Remedies[i])}";
        }
    }

    private static string Headline(SmtpDiagnosis diagnosis)
    {
        var codes = $"{diagnosis.Code} {diagnosis.EnhancedCode}".Trim();
        var possible = diagnosis.Confidence == DiagnosisConfidence.Possible ? "?" : "";
        var line = diagnosis.LineNumber is { } number ? $"line {number}: " : "";
        var recipient = diagnosis.Recipient is { } who ? $" <{who}>" : "";
        return $"{line}{diagnosis.Id}{possible}{(codes.Length > 0 ? $" ({codes})" : "")}{recipient}";
    }
}
