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

    public static void WriteText(TextWriter error, Exception failure)
    {
        var sentence = failure is MailException
            ? failure.Message
            : $"Something unexpected happened ({failure.GetType().Name}): {failure.Message}";
        error.WriteLine($"mailadmin: {Plain.Line(sentence)}");
        if (failure is MailException { RecommendedAction: { } remedy })
        {
            error.WriteLine($"  {Plain.Line(remedy)}");
        }
    }
}
