namespace MailAdmin.Cli.Output;

/// <summary>What <c>--json</c> says when there is no report: nothing was sent.</summary>
/// <param name="Status">As in a report.</param>
/// <param name="ExitCode">The exit code of the process.</param>
/// <param name="Error">What went wrong.</param>
internal sealed record FailureJson(string Status, int ExitCode, ErrorJson Error)
{
    public static FailureJson Of(Exception failure, ExitCode code) => new("Failed", (int)code, ErrorJson.Of(failure));
}
