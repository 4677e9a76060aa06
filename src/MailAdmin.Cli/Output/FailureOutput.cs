using MailAdmin.Diagnosis;

namespace MailAdmin.Cli.Output;

/// <summary>Says on standard error what failed and what to do, and with <c>--json</c> the same as an object.</summary>
internal sealed class FailureOutput(CliHost host, bool asJson)
{
    public ExitCode Write(Exception failure)
    {
        var code = ExitCodes.Of(failure);
        if (code == ExitCode.Interrupted)
        {
            return code;
        }

        if (asJson)
        {
            JsonOutput.Write(host.Output, FailureJson.Of(failure, code));
        }

        WriteText(host.Error, failure);
        return code;
    }

    /// <param name="error">Where to.</param>
    /// <param name="failure">What failed.</param>
    /// <param name="diagnosis">What is known about it; null leaves the advice to the failure itself.</param>
    public static void WriteText(TextWriter error, Exception failure, SmtpDiagnosis? diagnosis = null)
    {
        var sentence = failure is MailException
            ? failure.Message
            : $"Something unexpected happened ({failure.GetType().Name}): {failure.Message}";
        error.WriteLine($"mailadmin: {Plain.Line(sentence)}");
        if (diagnosis is not null and not { Confidence: DiagnosisConfidence.General })
        {
            WriteAdvice(error, diagnosis);
        }
        else if (failure is MailException { RecommendedAction: { } remedy })
        {
            error.WriteLine($"  {Plain.Line(remedy)}");
        }
    }

    /// <summary>Cause and remedies.</summary>
    public static void WriteAdvice(TextWriter error, SmtpDiagnosis diagnosis)
    {
        foreach (var line in DiagnosisText.Advice(diagnosis))
        {
            error.WriteLine(line);
        }
    }
}
